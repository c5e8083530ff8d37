import { randomUUID } from 'node:crypto'
import type { Context, Middleware } from 'koa'
import type { Role } from '#shared/endpoint'
import { type ErrorBody, type ErrorCode, errors } from '#shared/errors'
import { AppError } from '../base/errors.ts'

/** Turns whatever was thrown below into one JSON body with a code, a sentence and the request's id. */
export const answerErrors: Middleware = async (ctx, next) => {
  ctx.state.requestId = randomUUID()
  ctx.set('x-request-id', ctx.state.requestId as string)
  try {
    await next()
    if (ctx.status === 404 && ctx.body == null) throw new AppError('not-found', ctx.path)
    if (ctx.status === 405 || ctx.status === 501) throw new AppError('request.method', ctx.method)
  } catch (error) {
    const code = codeOf(error)
    if (errors[code].status >= 500) ctx.app.emit('error', error, ctx)
    ctx.status = errors[code].status
    ctx.body = {
      code,
      text: errors[code].text,
      ...(error instanceof AppError && error.fields && { fields: error.fields }),
      requestId: ctx.state.requestId as string,
    } satisfies ErrorBody
  }
}

const byStatus: Record<number, ErrorCode> = {
  400: 'request.not-json',
  404: 'not-found',
  405: 'request.method',
  413: 'request.too-large',
  415: 'request.unsupported',
}

/** The code of an error: its own, or by the status below 500 that Koa, its router or its body reader put on it. */
function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code
  const { status = 500 } = error as { status?: number }
  if (status < 400 || status >= 500) return 'server.failed'
  return byStatus[status] ?? 'request.invalid'
}

/** Stamps the call with one moment, so that a call never straddles midnight. */
export const stamp =
  (now: () => Date): Middleware =>
  (ctx, next) => {
    ctx.state.now = now()
    return next()
  }

/** Refuses a body that is not plain JSON: no form or file is read by accident, nothing is unpacked. */
export const onlyJson: Middleware = (ctx, next) => {
  const carriesBody =
    ctx.request.length !== undefined ? ctx.request.length > 0 : ctx.get('transfer-encoding') !== ''
  const packed = !['', 'identity'].includes(ctx.get('content-encoding'))
  if (carriesBody && (packed || !ctx.is('application/json')))
    throw new AppError('request.unsupported', ctx.type)
  return next()
}

/** Who holds a token at a moment. */
export type WhoHolds = (
  token: string,
  now: Date,
) => Promise<{ cadreId: string; sessionId: string } | undefined>

/** Knows the cadre by the bearer token; says nothing when there is none, for open lines. */
export const authenticate =
  (whoHolds: WhoHolds): Middleware =>
  async (ctx, next) => {
    const token = /^Bearer ([\w-]{20,200})$/.exec(ctx.get('authorization'))?.[1]
    if (token) Object.assign(ctx.state, await whoHolds(token, ctx.state.now as Date))
    return next()
  }

/** Which roles a cadre holds. */
export type RolesOf = (cadreId: string) => Promise<readonly Role[]>

/** Lets the lines that are only for some roles ask who holds them; the others never do. */
export const authorize =
  (rolesOf: RolesOf): Middleware =>
  (ctx, next) => {
    ctx.state.rolesOf = rolesOf
    return next()
  }

/** Headers that keep a page from being framed, sniffed or given away. */
export const guardHeaders: Middleware = (ctx: Context, next) => {
  ctx.set({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'same-origin',
  })
  return next()
}
