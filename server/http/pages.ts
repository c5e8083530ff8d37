import { existsSync } from 'node:fs'
import type { Middleware } from 'koa'
import sirv from 'sirv'
import type { Front, FrontState } from './front.ts'
import { frontPage } from './front-page.ts'
import { wording } from './wording.ts'

const YEAR_SECONDS = 31_536_000

/** Names that carry a hash of their content never change what they hold. */
const HASHED = /[.-][0-9a-f]{8,}\.(js|css|png|svg|woff2?)$/

/** Serves the h5 mini-program, compressed ahead; while it is being built, a page that says so. */
export function pages(front: Front, siteName: string): Middleware {
  let serve: ReturnType<typeof sirv> | undefined
  return (ctx, next) => {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || ctx.path.startsWith('/api/')) return next()
    const state = serve ? front.state() : there(front.state())
    if (ctx.path === '/building.json') {
      ctx.set('cache-control', 'no-store')
      ctx.body = { phase: state.phase }
      return undefined
    }
    if (state.phase !== 'ready') {
      if (ctx.path !== '/' && ctx.path !== '/index.html') return next()
      ctx.status = 503
      ctx.set({ 'cache-control': 'no-store', 'retry-after': '5' })
      ctx.type = 'html'
      ctx.body = frontPage(state, siteName, Date.now())
      return undefined
    }
    serve ??= serveFrom(state.folder)
    let missed = false
    ctx.respond = false
    serve(ctx.req, ctx.res, () => {
      missed = true
    })
    if (!missed) return undefined
    ctx.respond = true
    return next()
  }
}

/** Pages that were never built, as with H5_BUILD=0 on a fresh machine, are told like a build that failed. */
const there = (state: FrontState): FrontState =>
  state.phase === 'ready' && !existsSync(state.folder)
    ? { phase: 'failed', lines: [wording.failed.notBuilt(state.folder)] }
    : state

/**
 * Pages are asked for anew each time, hashed files once a year. `dev` looks at the folder at each request, so that a
 * build made while the server runs is served, and a file that went away is a 404: sirv would remember it otherwise, and
 * opening what is gone ends the process.
 */
const serveFrom = (folder: string) =>
  sirv(folder, {
    dev: true,
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, path) =>
      response.setHeader(
        'cache-control',
        HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
      ),
  })
