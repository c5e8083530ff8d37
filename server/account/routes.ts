import { accountApi } from '#shared/account'
import { routes } from '../http/routes.ts'
import { addIdentity, type SignInWays, waysSetUp } from './identity-service.ts'
import { givePhone, type JudgeName, me, removePhone, rename } from './profile-service.ts'
import { devices, revoke, signIn, suggest, suggestions } from './service.ts'

/** What the page may know of the installation. */
export interface Site {
  name: string
  version: string
  /** The language model and its filing number, where there is one. */
  model: { name: string; filing: string } | null
}

export const accountRoutes = (site: Site, ways: SignInWays, judgeName: JudgeName) =>
  routes(accountApi, {
    'GET /site': async () => ({
      ...site,
      demo: ways.demo,
      ways: waysSetUp(ways),
      phone: ways.wechat !== undefined,
    }),
    'POST /sign-in': ({ body, now }) => signIn({ ...body, device: body.device ?? '', now }, ways),
    'POST /sign-out': ({ cadreId, sessionId }) => revoke(cadreId, sessionId),
    'GET /me': ({ cadreId }) => me(cadreId),
    'PUT /me': ({ cadreId, body, now }) => rename({ cadreId, text: body.name, now }, judgeName),
    'POST /me/phone': ({ cadreId, body }) => givePhone({ cadreId, code: body.code }, ways.wechat),
    'DELETE /me/phone': ({ cadreId }) => removePhone(cadreId),
    'POST /identities': ({ cadreId, body, now }) => addIdentity({ ...body, cadreId, now }, ways),
    'GET /devices': async ({ cadreId, sessionId, now }) => ({
      devices: await devices(cadreId, sessionId, now),
    }),
    'DELETE /devices/:id': ({ cadreId, params }) => revoke(cadreId, params.id),
    'POST /suggestions': ({ cadreId, body, now }) => suggest(cadreId, body.text, now),
    'GET /suggestions': async ({ cadreId }) => ({ suggestions: await suggestions(cadreId) }),
  })
