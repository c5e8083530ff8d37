import { randomInt } from 'node:crypto'
import { type Clock, SECOND } from '../platform/clock.ts'
import { decrypt, encrypt, type PushSecret, signature } from './crypto.ts'
import { bodyOf, type PushForm, type PushMessage } from './push-body.ts'

/** Where and how pushes go. */
export interface PushConfig extends PushForm, PushSecret {
  /** Nothing is pushed while it is empty. */
  url: string
  mode: 'plain' | 'compat' | 'safe'
  /** Lists stand in an object named after the event, as some deliveries have it; in XML they always do. */
  nested: boolean
  contentType: string
  /** How many times each push is sent on purpose, and how late. */
  copies: number
  delayMs: number
  /** How long an answer is waited for, and how often a push without a good one is sent again. */
  patienceMs: number
  resends: number
}

/** One attempt to push, as the platform saw it. */
export interface Delivery {
  message: PushMessage
  /** The HTTP status, or `lost` where no answer came in time. */
  status: number | 'lost'
  /** Decrypted where it was encrypted. */
  reply: string
}

/** A push as it goes over the line. */
export interface Letter {
  url: string
  body: string
  contentType: string
}

export interface PushDesk {
  config: PushConfig
  deliveries: Delivery[]
  /** Pushes an event about some items. */
  event: (openid: string, event: string, items: PushMessage[]) => void
  /** Pushes anything else; what is left out is filled in. */
  message: (openid: string, message: PushMessage) => void
  /** What would be sent, signed and sealed. */
  letter: (message: PushMessage) => Letter
  /** Resolves once nothing is under way. */
  settled: () => Promise<void>
  /** What saving the push settings does: whether the server proves that it knows the token. */
  checkUrl: () => Promise<boolean>
}

const wrapperOf = (event: string): string =>
  event.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Message push. Source: developers.weixin.qq.com, 消息推送. */
export function createPush(clock: Clock, appid: string): PushDesk {
  const config = defaults(appid)
  const deliveries: Delivery[] = []
  const underWay = new Set<Promise<void>>()
  const moment = (): number => Math.floor(clock.now() / SECOND)

  const letter = (message: PushMessage): Letter => sealed(bodyOf(message, config), config, moment())
  const push = (message: PushMessage): void => {
    if (config.url === '') return
    for (let copy = 0; copy < config.copies; copy += 1) {
      const work = deliver(message, { config, letter, deliveries }).finally(() => underWay.delete(work))
      underWay.add(work)
    }
  }
  const complete = (openid: string, message: PushMessage): PushMessage => ({
    ToUserName: 'gh_0123456789ab',
    FromUserName: openid,
    CreateTime: moment(),
    ...message,
  })
  return {
    config,
    deliveries,
    letter,
    message: (openid, message) => push(complete(openid, message)),
    event: (openid, event, items) => {
      const wrapped = config.nested || config.format === 'xml'
      const list: PushMessage = wrapped ? { [wrapperOf(event)]: { List: items } } : { List: items }
      push(complete(openid, { MsgType: 'event', Event: event, ...list }))
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    checkUrl: async () => {
      const echostr = String(randomInt(2 ** 47))
      const response = await fetch(`${config.url}?${signed(config, moment())}&echostr=${echostr}`)
      return (await response.text()) === echostr
    },
  }
}

const defaults = (appid: string): PushConfig => ({
  url: '',
  appid,
  token: 'push_token_of_the_tests',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  mode: 'safe',
  format: 'json',
  time: 'number',
  ids: 'number',
  nested: false,
  contentType: 'application/json',
  copies: 1,
  delayMs: 0,
  patienceMs: 5_000,
  resends: 3,
})

function signed({ token }: PushSecret, timestamp: number): URLSearchParams {
  const nonce = String(randomInt(10 ** 9))
  return new URLSearchParams({
    signature: signature(token, String(timestamp), nonce),
    timestamp: String(timestamp),
    nonce,
  })
}

function sealed(text: string, config: PushConfig, timestamp: number): Letter {
  const query = signed(config, timestamp)
  const { contentType, mode } = config
  if (mode === 'plain') return { url: `${config.url}?${query}`, body: text, contentType }
  const Encrypt = encrypt(text, config)
  query.set('encrypt_type', 'aes')
  query.set('msg_signature', signature(config.token, String(timestamp), query.get('nonce') ?? '', Encrypt))
  const envelope = { ToUserName: 'gh_0123456789ab', Encrypt }
  const whole = mode === 'safe' ? envelope : { ...plainFields(text, config), ...envelope }
  const body = config.format === 'json' ? JSON.stringify(whole) : bodyOf(whole, config)
  return { url: `${config.url}?${query}`, body, contentType }
}

/** In compatible mode the plain message stands beside the encrypted one. */
const plainFields = (text: string, { format }: PushConfig): PushMessage =>
  format === 'json' ? (JSON.parse(text) as PushMessage) : { MsgType: 'text' }

interface Delivering {
  config: PushConfig
  letter: (message: PushMessage) => Letter
  deliveries: Delivery[]
}

/** Sent again until an answer is good, as the platform does. */
async function deliver(message: PushMessage, { config, letter, deliveries }: Delivering): Promise<void> {
  const { resends, patienceMs, delayMs } = config
  await new Promise(later => setTimeout(later, delayMs))
  for (let attempt = 0; attempt <= resends; attempt += 1) {
    const { url, body, contentType } = letter(message)
    const answer = await answerTo(url, body, contentType, patienceMs)
    const reply = opened(answer.text, config)
    deliveries.push({ message, status: answer.status, reply })
    if (answer.status !== 'lost' && answer.status < 300 && /^(success|[<{].*|)$/s.test(reply)) return
  }
}

async function answerTo(url: string, body: string, contentType: string, patienceMs: number) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': contentType },
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: response.status, text: await response.text() }
  } catch {
    return { status: 'lost' as const, text: '' }
  }
}

/** An encrypted reply, opened if its signature is right, else an empty text that no good reply has. */
function opened(text: string, config: PushConfig): string {
  const field = (name: string): string =>
    new RegExp(`"${name}": ?"?([^",}]+)|<${name}>(?:<!\\[CDATA\\[)?([^\\]<]+)`)
      .exec(text)
      ?.slice(1)
      .find(Boolean) ?? ''
  const encrypted = field('Encrypt')
  if (encrypted === '') return text
  const expected = signature(config.token, field('TimeStamp'), field('Nonce'), encrypted)
  return expected === field('MsgSignature') ? decrypt(encrypted, config) : 'forged reply'
}
