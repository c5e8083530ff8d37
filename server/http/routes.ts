import { Readable } from 'node:stream'
import type {} from '@koa/bodyparser'
import Router from '@koa/router'
import type { Context } from 'koa'
import type * as z from 'zod'
import type { ApiTable, Call, Endpoint, Result, Role } from '#shared/endpoint'
import { type ErrorCode, errors } from '#shared/errors'
import { AppError } from '../base/errors.ts'
import type { RolesOf } from './middleware.ts'

/** Who is calling, and when. */
export interface Caller {
  /** Empty on open lines called without a session. */
  cadreId: string
  sessionId: string
  /** One moment for the whole call, so that a call never straddles midnight. */
  now: Date
  /** Aborts when the caller goes away. */
  signal: AbortSignal
}

export type Handlers<T extends ApiTable> = {
  [Line in keyof T]: (call: Call<T[Line]> & Caller) => Result<T[Line]>
}
type AnyHandler = (call: object) => Promise<unknown> | AsyncIterable<unknown>

/** Mounts one feature's API table under `/api`. A line without a handler does not compile. */
export function routes<const T extends ApiTable>(table: T, handlers: Handlers<T>): Router {
  const router = new Router({ prefix: '/api' })
  for (const [line, endpoint] of Object.entries<Endpoint>(table)) {
    const [method, path] = line.split(' ') as [string, string]
    const handle = handlers[line as keyof T] as unknown as AnyHandler
    router.register(path, [method], ctx => answer(ctx as Context, endpoint, handle))
  }
  return router
}

async function answer(ctx: Context, endpoint: Endpoint, handle: AnyHandler): Promise<void> {
  if (!endpoint.open && !ctx.state.cadreId) throw new AppError('session.missing')
  if (endpoint.for) await demand(endpoint.for, ctx)
  const call = {
    cadreId: (ctx.state.cadreId as string | undefined) ?? '',
    sessionId: (ctx.state.sessionId as string | undefined) ?? '',
    now: ctx.state.now as Date,
    // Made only for the few calls that look at it.
    get signal() {
      return gone(ctx)
    },
    params: parse('params', endpoint.params, ctx.params),
    query: parse('query', endpoint.query, ctx.query),
    body: parse('body', endpoint.body, ctx.request.body),
  }
  const result = handle(call)
  if (endpoint.events) await stream(ctx, result as AsyncIterable<unknown>, endpoint.events)
  else ctx.body = endpoint.reply ? JSON.stringify(endpoint.reply.parse(await result)) : await nothing(result)
  if (endpoint.reply) ctx.type = 'application/json'
}

/** Fails with `role.missing` unless the caller holds one of the roles. */
async function demand(wanted: readonly Role[], ctx: Context): Promise<void> {
  const held = await (ctx.state.rolesOf as RolesOf)(ctx.state.cadreId as string)
  if (!wanted.some(role => held.includes(role))) throw new AppError('role.missing', { wanted, held })
}

async function nothing(result: unknown): Promise<null> {
  await result
  return null
}

/** Aborts when the connection closes before the reply is out. */
function gone(ctx: Context): AbortSignal {
  const controller = new AbortController()
  ctx.res.once('close', () => controller.abort())
  return controller.signal
}

type Part = 'params' | 'query' | 'body'

/** A malformed id in the path names nothing, so it is 404; anything else malformed is 400 with the field's path. */
function parse(part: Part, schema: z.ZodType | undefined, value: unknown): unknown {
  const parsed = schema?.safeParse(value)
  if (parsed?.error) {
    if (part === 'params') throw new AppError('not-found', parsed.error.issues)
    const fields = parsed.error.issues.map(issue => [part, ...issue.path].join('.'))
    throw new AppError('request.invalid', parsed.error.issues, [...new Set(fields)])
  }
  return parsed?.data
}

/** Sends each event as a line of JSON. What fails before the first line fails the call; later it is a last line. */
async function stream(ctx: Context, events: AsyncIterable<unknown>, schema: z.ZodType): Promise<void> {
  const iterator = events[Symbol.asyncIterator]()
  const first = await iterator.next()
  ctx.type = 'application/x-ndjson'
  ctx.set('cache-control', 'no-store')
  ctx.body = Readable.from(lines(ctx, first, iterator, schema))
}

async function* lines(
  ctx: Context,
  first: IteratorResult<unknown>,
  iterator: AsyncIterator<unknown>,
  schema: z.ZodType,
) {
  try {
    for (let next = first; !next.done; next = await iterator.next()) {
      yield `${JSON.stringify(schema.parse(next.value))}\n`
    }
  } catch (error) {
    const code: ErrorCode = error instanceof AppError ? error.code : 'server.failed'
    ctx.app.emit('error', error, ctx)
    yield `${JSON.stringify({ type: 'error', code, text: errors[code].text })}\n`
  } finally {
    await iterator.return?.()
  }
}
