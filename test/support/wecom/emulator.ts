import { createClock } from '../platform/clock.ts'
import { createPlatformServer } from '../platform/server.ts'
import { CORP } from './corp.ts'
import { messageDesk } from './message.ts'
import { signInDesk } from './sign-in.ts'
import { tokenDesk } from './token.ts'

/** WeCom's side of everything the product does with it; private 政务微信 keeps the same shape. */
export type WecomEmulator = ReturnType<typeof createWecomEmulator>

export function createWecomEmulator(prefix?: string) {
  const clock = createClock()
  const token = tokenDesk(CORP, clock)
  const signIn = signInDesk(CORP, clock)
  const message = messageDesk(CORP, clock)
  const desk = { ...token.desk, ...signIn.desk, ...message.desk }
  const server = createPlatformServer({ clock, desk, prefix, authorise: token.authorise })
  return {
    ...CORP,
    clock,
    token,
    signIn,
    message,
    get base() {
      return server.base
    },
    log: server.log,
    faults: server.faults,
    quota: server.quota,
    listen: server.listen,
    stop: server.stop,
  }
}
