import { dayOf } from '#shared/day'
import { type Clock, MINUTE, SECOND } from '../platform/clock.ts'
import { type Desk, Refusal } from '../platform/desk.ts'
import { type App, checkApp } from './app.ts'
import { createIssuedTokens, type IssuedToken, told } from './issued-token.ts'

/** So long before its end a stable token is followed by the next, and an older one outlives the next. */
const OVERLAP = 5 * MINUTE
const FORCED_A_DAY = 20
const FORCED_APART = 30 * SECOND

/** Both families of tokens, which do not touch each other. Sources: getAccessToken, getStableAccessToken. */
export function tokenDesk(app: App, clock: Clock) {
  const tokens = createIssuedTokens(clock)
  const countForced = forcedCounter(clock)
  const latest: { legacy?: IssuedToken; stable?: IssuedToken } = {}
  const stable = (): IssuedToken => {
    const kept = latest.stable
    if (kept && !kept.retired && kept.until - clock.now() > OVERLAP) return kept
    return (latest.stable = tokens.issue())
  }
  const kill = (): void => tokens.retire(latest.stable, 0)
  const desk: Desk = {
    '/cgi-bin/token': {
      method: 'GET',
      open: true,
      answer: ({ query }) => {
        checkGrant(app, Object.fromEntries(query))
        tokens.retire(latest.legacy, OVERLAP)
        return told((latest.legacy = tokens.issue()), clock.now())
      },
    },
    '/cgi-bin/stable_token': {
      method: 'POST',
      open: true,
      answer: ({ json }) => {
        checkGrant(app, json)
        if (json.force_refresh === true) {
          countForced()
          kill()
        }
        return told(stable(), clock.now())
      },
    },
  }
  /** `kill`: somebody else asked for a new token by force. */
  return { desk, authorise: tokens.check, kill }
}

function checkGrant(app: App, { grant_type, appid, secret }: Record<string, unknown>): void {
  if (grant_type !== 'client_credential') throw new Refusal(40002, 'invalid grant_type')
  checkApp(app, appid, secret)
}

/** What asking too soon answers is not documented: 45011 here. */
function forcedCounter(clock: Clock): () => void {
  const forced: number[] = []
  return () => {
    const now = clock.now()
    const today = forced.filter(at => dayOf(new Date(at)) === dayOf(new Date(now)))
    if (today.length >= FORCED_A_DAY) throw new Refusal(45009, 'reach max api daily quota limit')
    if (now - (forced.at(-1) ?? 0) < FORCED_APART) throw new Refusal(45011, 'api minute-quota reach limit')
    forced.push(now)
  }
}
