import type { Server } from 'node:http'
import type { Context, Middleware } from 'koa'

/** A call may be held, or a connection fall idle, after the stop began. */
const SWEEP_MS = 100

/** Knows the calls that are under way, so that the server can stop without cutting one. */
export interface Closing {
  middleware: Middleware
  /** Stops accepting and waits for what is under way; `endHeld` ends held-open calls. Cuts the rest after `graceMs`. */
  close: (server: Server, endHeld: () => void, graceMs: number) => Promise<void>
}

/** The calls of one server. */
export function closing(): Closing {
  const open = new Set<Context>()
  let stopping = false
  return {
    middleware: (ctx, next) => {
      open.add(ctx)
      ctx.res.once('close', () => open.delete(ctx))
      if (stopping) ctx.set('connection', 'close')
      return next()
    },
    close: async (server, endHeld, graceMs) => {
      stopping = true
      const closed = new Promise(resolve => server.close(resolve))
      for (const ctx of open) if (!ctx.headerSent) ctx.set('connection', 'close')
      endHeld()
      const sweep = setInterval(() => {
        endHeld()
        server.closeIdleConnections()
      }, SWEEP_MS)
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearInterval(sweep)
      clearTimeout(cut)
    },
  }
}
