import type { KeptToken, TokenStore } from '../base/token-store.ts'
import { isPlatformFailure, PlatformFailure } from '../base/platform-failure.ts'
import { pause } from './platform-call.ts'

/** A token as a platform gives it, with the life it has left. */
export interface FetchedToken {
  token: string
  seconds: number
}

/** The token of one app, shared by all processes. */
export interface AccessToken {
  /** Calls with the token; when the platform refuses it, once more with the one that is good now. */
  use: <T>(call: (token: string) => Promise<T>) => Promise<T>
}

export interface AccessTokenSource {
  /** Platform and app. */
  key: string
  store: TokenStore
  now: () => Date
  /** Asks the platform, which gives the same token while it is good. */
  fetchToken: () => Promise<FetchedToken>
}

/** WeChat renews its stable token 300 seconds before the end; a little later the new one is there. */
const MARGIN_SECONDS = 200
/** Longer than fetching may take, as a process that dies over it is noticed only then. */
const LEASE_MS = 15_000
const POLL_MS = 100
const POLLS = 180
/** How long a token the platform insists on, though it refuses it, is not fetched again. */
const INSISTED_MS = 10_000

/** One process at a time fetches; the old token serves until the new one is stored or it ends. */
export function createAccessToken(source: AccessTokenSource): AccessToken {
  const { key, store, now } = source
  let local: KeptToken | undefined
  let obtaining: Promise<KeptToken> | undefined
  const insisted = { token: '', at: 0 }

  const current = async (): Promise<string> => {
    if (local && now() < local.renewAt) return local.token
    obtaining ??= obtain(source).finally(() => (obtaining = undefined))
    local = await obtaining
    return local.token
  }
  const refused = async (token: string): Promise<void> => {
    if (insisted.token === token && now().getTime() - insisted.at < INSISTED_MS) return
    if (local?.token === token) local = undefined
    await store.forget(key, token)
  }
  return {
    use: async call => {
      const token = await current()
      try {
        return await call(token)
      } catch (error) {
        if (!isPlatformFailure(error) || error.kind !== 'token') throw error
        await refused(token)
        const next = await current()
        if (next === token) Object.assign(insisted, { token, at: now().getTime() })
        return call(next)
      }
    },
  }
}

async function obtain(source: AccessTokenSource): Promise<KeptToken> {
  const { key, store, now } = source
  for (let poll = 0; poll < POLLS; poll += 1) {
    const kept = await store.read(key)
    if (kept && now() < kept.renewAt) return kept
    const holder = await store.claim(key, now(), LEASE_MS)
    if (holder !== undefined) return fetchAs(holder, source)
    if (kept && now() < kept.until) return kept
    await pause(POLL_MS)
  }
  throw new PlatformFailure('retry', 'nobody brought a token')
}

/** Another process may have stored a token just before the claim, so the store is looked at again. */
async function fetchAs(
  holder: string,
  { key, store, now, fetchToken }: AccessTokenSource,
): Promise<KeptToken> {
  const old = await store.read(key)
  try {
    if (old && now() < old.renewAt) {
      await store.release(key, holder)
      return old
    }
    const fetched = lasting(await fetchToken(), now())
    await store.write(key, holder, fetched)
    return fetched
  } catch (error) {
    await store.release(key, holder)
    if (old && now() < old.until && isPlatformFailure(error)) return old
    throw error
  }
}

/** The platform may give a token that has little life left: then half of it is used. */
function lasting({ token, seconds }: FetchedToken, now: Date): KeptToken {
  const usable = Math.max(seconds - MARGIN_SECONDS, seconds / 2)
  const after = (s: number): Date => new Date(now.getTime() + s * 1000)
  return { token, renewAt: after(usable), until: after(seconds) }
}
