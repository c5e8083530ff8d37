import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Context, Middleware } from 'koa'
import type { Log } from '../../base/log.ts'
import { isSignature, type PushSecret, signatureOf, unsealed } from './cipher.ts'
import { PushFault } from './fault.ts'
import { messageIn, type PushedMessage } from './message.ts'
import { handOver, sealedReply } from './reply.ts'
import { type Branch, formatOf, treeOf } from './tree.ts'

export const PUSH_PATH = '/wechat/push'
const LIMIT_BYTES = 1024 * 1024
/** A push as old as this, or from as far ahead, was not sent by WeChat just now. */
const OLDEST_MS = 10 * 60_000

export interface Push {
  secret: PushSecret
  now: () => Date
  log: Log
  /** Keeps the message and returns at once; the work is done after the answer. It may be one that was heard before. */
  hear: (message: PushedMessage) => Promise<void>
  /** Whether a human is to answer instead; then it is not heard. */
  isForHuman: (message: PushedMessage) => boolean
}

/**
 * Takes what WeChat pushes and answers before anything is done about it, as WeChat waits five seconds only. Whatever
 * is not known is answered `success`; whatever is not WeChat's, or cannot be read, is refused and not kept.
 */
export const push =
  (given: Push): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== PUSH_PATH || (ctx.method !== 'GET' && ctx.method !== 'POST')) return next()
    ctx.set('cache-control', 'no-store')
    ctx.type = 'text/plain'
    try {
      ctx.body = ctx.method === 'GET' ? urlCheck(ctx, given) : await taken(ctx, given)
    } catch (error) {
      if (!(error instanceof PushFault)) given.log.error({ error }, 'a push was not kept')
      else given.log.warn({ reason: error.message }, 'push refused')
      ctx.status = error instanceof PushFault ? error.status : 500
      ctx.body = ''
    }
  }

const asked = (ctx: Context, name: string): string => [ctx.query[name] ?? ''].flat()[0] ?? ''

/** What WeChat asks when the address is saved: the answer shows that the server knows the token. */
function urlCheck(ctx: Context, { secret }: Push): string {
  checkSignature(ctx, 'signature', secret)
  return asked(ctx, 'echostr')
}

function checkSignature(ctx: Context, name: string, { token }: PushSecret, ...more: string[]): void {
  const right = signatureOf(token, asked(ctx, 'timestamp'), asked(ctx, 'nonce'), ...more)
  if (!isSignature(asked(ctx, name), right)) throw new PushFault(403, 'forged')
}

async function taken(ctx: Context, given: Push): Promise<string> {
  const { now, hear, isForHuman } = given
  const sentAt = Number(asked(ctx, 'timestamp')) * 1000
  if (!(Math.abs(now().getTime() - sentAt) <= OLDEST_MS)) throw new PushFault(403, 'not of now')
  const body = await bodyOf(ctx.req)
  const message = messageIn(opened(ctx, treeOf(body), given.secret))
  if (isForHuman(message)) return replied(ctx, handOver(message, formatOf(body), now()), body, given)
  await hear(message)
  return 'success'
}

/** With a key nothing but the encrypted part counts, also where a plain one stands beside it. */
function opened(ctx: Context, tree: Branch, secret: PushSecret): Branch {
  const { appid, encodingAesKey } = secret
  if (encodingAesKey === undefined) {
    checkSignature(ctx, 'signature', secret)
    if (tree.MsgType === undefined) throw new PushFault(400, 'no message, or one that wants a key')
    return tree
  }
  if (typeof tree.Encrypt !== 'string') throw new PushFault(403, 'not encrypted')
  checkSignature(ctx, 'msg_signature', secret, tree.Encrypt)
  return treeOf(unsealed(tree.Encrypt, { appid, encodingAesKey }))
}

function replied(ctx: Context, text: string, body: string, { secret, now }: Push): string {
  const { encodingAesKey } = secret
  if (encodingAesKey === undefined) return text
  return sealedReply(text, {
    secret: { ...secret, encodingAesKey },
    format: formatOf(body),
    nonce: asked(ctx, 'nonce'),
    timestamp: Math.floor(now().getTime() / 1000),
    random: randomBytes(16),
  })
}

/** Read up to the limit; the rest of a larger one runs off unread. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    size += (part as Buffer).length
    if (size > LIMIT_BYTES) {
      request.resume()
      throw new PushFault(413, 'too large')
    }
    parts.push(part as Buffer)
  }
  const body = Buffer.concat(parts).toString('utf8')
  return body.replace(/^\uFEFF?\s*/, '')
}
