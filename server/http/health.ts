import { createHash, timingSafeEqual } from 'node:crypto'
import type { Middleware } from 'koa'
import { metricsText } from '../base/metrics.ts'

export interface Health {
  /** Throws when the server cannot do its work. */
  ready: () => Promise<void>
  /** Without one, `/metrics` does not exist: behind a proxy every caller looks local. */
  metricsToken: string | undefined
}

/** `/healthz` says the process lives, `/readyz` that it can work, `/metrics` gives figures to whoever has the token. */
export const health =
  ({ ready, metricsToken }: Health): Middleware =>
  async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    if (ctx.path === '/healthz') {
      ctx.body = { status: 'ok' }
    } else if (ctx.path === '/readyz') {
      const able = await ready().then(
        () => true,
        () => false,
      )
      ctx.status = able ? 200 : 503
      ctx.body = { status: able ? 'ready' : 'unready' }
    } else if (ctx.path === '/metrics' && metricsToken && bears(ctx.get('authorization'), metricsToken)) {
      const { type, text } = await metricsText()
      ctx.type = type
      ctx.body = text
    } else {
      return next()
    }
    ctx.set('cache-control', 'no-store')
  }

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares in a time that tells nothing of the token. */
const bears = (header: string, token: string): boolean =>
  timingSafeEqual(digest(header), digest(`Bearer ${token}`))
