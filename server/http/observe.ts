import type { Context, Middleware } from 'koa'
import type { Log } from '../base/log.ts'
import { noteRequest } from '../base/metrics.ts'

/** The pattern of the route that answered, or one word for all the rest. */
const routeOf = (ctx: Context): string => (ctx._matchedRoute as string | undefined) ?? 'other'

/** Notes how long each call took until its reply was out, and writes it to the log at level `info`. */
export const observe =
  (log: Log): Middleware =>
  (ctx, next) => {
    const began = performance.now()
    ctx.res.once('close', () => {
      const seconds = (performance.now() - began) / 1000
      const labels = { method: ctx.method, route: routeOf(ctx), status: ctx.status }
      noteRequest(labels, seconds)
      log.info(
        { ...labels, ms: Math.round(seconds * 1000), requestId: ctx.state.requestId as unknown },
        'request',
      )
    })
    return next()
  }
