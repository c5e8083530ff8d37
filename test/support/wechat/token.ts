import { randomBytes } from 'node:crypto'
import { dayOf } from '#shared/day'
import { type Clock, MINUTE, SECOND } from '../platform/clock.ts'
import { type Desk, Refusal } from '../platform/desk.ts'
import { type App, checkApp } from './app.ts'

const LIFE = 7200 * SECOND
const OVERLAP = 5 * MINUTE
const FORCED_A_DAY = 20
const FORCED_APART = 30 * SECOND

interface Token {
  text: string
  until: number
  /** No longer the latest. */
  killed: boolean
}

/** Both families of tokens, which do not touch each other. Sources: getAccessToken, getStableAccessToken. */
export function tokenDesk(app: App, clock: Clock) {
  const all = new Map<string, Token>()
  const latest: { legacy?: Token; stable?: Token } = {}
  const forced: number[] = []

  /** As long as the documentation warns of. */
  const mint = (): Token => {
    const text = `95_${randomBytes(382).toString('base64url')}`
    const token = { text, until: clock.now() + LIFE, killed: false }
    all.set(token.text, token)
    return token
  }
  const told = ({ text, until }: Token) => ({
    access_token: text,
    expires_in: Math.floor((until - clock.now()) / SECOND),
  })
  const stable = (): Token => {
    const kept = latest.stable
    if (kept && !kept.killed && kept.until - clock.now() > OVERLAP) return kept
    return (latest.stable = mint())
  }
  const retire = (token: Token | undefined, validMs: number): void => {
    if (!token) return
    token.killed = true
    token.until = Math.min(token.until, clock.now() + validMs)
  }
  const force = (): void => {
    const now = clock.now()
    const today = forced.filter(at => dayOf(new Date(at)) === dayOf(new Date(now)))
    if (today.length >= FORCED_A_DAY) throw new Refusal(45009, 'reach max api daily quota limit')
    if (now - (forced.at(-1) ?? 0) < FORCED_APART) throw new Refusal(45011, 'api minute-quota reach limit')
    forced.push(now)
    retire(latest.stable, 0)
  }

  const desk: Desk = {
    '/cgi-bin/token': {
      method: 'GET',
      open: true,
      answer: ({ query }) => {
        if (query.get('grant_type') !== 'client_credential') throw new Refusal(40002, 'invalid grant_type')
        checkApp(app, query.get('appid'), query.get('secret'))
        retire(latest.legacy, OVERLAP)
        latest.legacy = mint()
        return told(latest.legacy)
      },
    },
    '/cgi-bin/stable_token': {
      method: 'POST',
      open: true,
      answer: ({ json }) => {
        if (json.grant_type !== 'client_credential') throw new Refusal(40002, 'invalid grant_type')
        checkApp(app, json.appid, json.secret)
        if (json.force_refresh === true) force()
        return told(stable())
      },
    },
  }
  return {
    desk,
    authorise: (text: string | null) => authorise(all.get(text ?? ''), text, clock.now()),
    /** Somebody else asked for a new token by force. */
    kill: () => retire(latest.stable, 0),
  }
}

const GOOD_SHAPE = /^\d+_[\w-]{100,}$/

function authorise(token: Token | undefined, text: string | null, now: number): void {
  if (!text) throw new Refusal(41001, 'access_token missing')
  if (!token && !GOOD_SHAPE.test(text)) throw new Refusal(40014, 'invalid access_token')
  if (!token) throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest')
  if (now < token.until) return
  if (token.killed) throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest')
  throw new Refusal(42001, 'access_token expired')
}
