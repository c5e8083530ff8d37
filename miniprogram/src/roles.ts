import { useEffect } from 'react'
import type { Role } from '#shared/endpoint'
import { call } from './send.ts'
import { whenSignedOut } from './session.ts'
import { keepCached, read } from './storage.ts'
import { createStore, useStore } from './store.ts'

const KEY = 'roles'

const roles = createStore<Role[]>(read<Role[]>(KEY, []))
let asked = false
whenSignedOut(() => {
  asked = false
  roles.set([])
})

async function ask(): Promise<void> {
  if (asked) return
  asked = true
  const me = await call('GET /me').catch(() => null)
  asked = me !== null
  if (!me) return
  keepCached(KEY, me.roles)
  roles.set(me.roles)
}

/** What the cadre may do beside learning, asked once a session; nothing until the server has said so. */
export function useRoles(): Role[] {
  useEffect(() => void ask(), [])
  return useStore(roles)
}
