import type { Clock } from '../platform/clock.ts'
import { type Desk, ok, Refusal } from '../platform/desk.ts'
import type { App } from './app.ts'
import { createCodes } from '../platform/code.ts'

/** Phone numbers: codes of a pool of their own, so a code of signing in is none. Source: getPhoneNumber. */
export function phoneDesk(app: App, clock: Clock) {
  const codes = createCodes<string>(clock)
  const desk: Desk = {
    '/wxa/business/getuserphonenumber': {
      method: 'POST',
      answer: ({ json }) => {
        const phone = phoneOf(json.code)
        return ok({
          phone_info: {
            phoneNumber: phone,
            purePhoneNumber: phone,
            countryCode: '86',
            watermark: { timestamp: Math.floor(clock.now() / 1000), appid: app.appid },
          },
        })
      },
    },
  }
  /** Here a used code is as invalid as any. */
  const phoneOf = (code: unknown): string => {
    try {
      return codes.trade(code)
    } catch {
      throw new Refusal(40029, 'invalid code')
    }
  }
  return { desk, phoneCodeOf: codes.give }
}
