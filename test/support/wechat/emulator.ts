import { createClock } from '../platform/clock.ts'
import { createPlatformServer } from '../platform/server.ts'
import { APP } from './app.ts'
import { customerServiceDesk } from './customer-service.ts'
import { createPeople } from './person.ts'
import { phoneDesk } from './phone.ts'
import { createPush } from './push.ts'
import { securityDesk } from './security.ts'
import { signInDesk } from './sign-in.ts'
import { subscriptionDesk } from './subscription.ts'
import { tokenDesk } from './token.ts'

/** WeChat's side of everything the product does with it. */
export type WechatEmulator = ReturnType<typeof createWechatEmulator>

/** Each call is answered as the documentation says, strictly; decisions/0012 says what was chosen where it is silent. */
export function createWechatEmulator() {
  const clock = createClock()
  const people = createPeople(clock)
  const push = createPush(clock, APP.appid)
  const signIn = signInDesk(APP, { clock, people })
  const phone = phoneDesk(APP, clock)
  const token = tokenDesk(APP, clock)
  const subscription = subscriptionDesk({ clock, people, push })
  const session = customerServiceDesk({ clock, people, push })
  const security = securityDesk(APP, { people, push })
  const desks = [signIn, phone, token, subscription, session, security].map(({ desk }) => desk)
  const desk = Object.assign({}, ...desks) as (typeof desks)[number]
  const server = createPlatformServer({ clock, desk, authorise: token.authorise })
  return {
    ...APP,
    clock,
    people,
    push,
    signIn,
    phone,
    token,
    subscription,
    session,
    security,
    get base() {
      return server.base
    },
    log: server.log,
    faults: server.faults,
    quota: server.quota,
    listen: server.listen,
    stop: async () => {
      await push.settled()
      await server.stop()
    },
  }
}
