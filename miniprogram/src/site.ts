import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { exchange } from './exchange.ts'
import { createStore } from './store.ts'

/** What the server says about itself before anybody signs in. */
export type Site = Reply<Api['GET /site']>

/** Null until the server has answered. */
export const site = createStore<Site | null>(null)

/** Asks once; a failure leaves the page without banner and is asked again at the next opening. */
export async function loadSite(): Promise<Site | null> {
  if (site.get() === null) {
    const reply = await exchange({ method: 'GET', path: '/api/site' }).catch(() => null)
    site.set(reply as Site | null)
  }
  return site.get()
}
