import * as z from 'zod'
import type { CallWechat } from './call.ts'

/** A phone number the person chose to tell. */
export interface Phone {
  /** Without the country's code. */
  number: string
  country: string
}

const Reply = z.object({
  phone_info: z.object({ purePhoneNumber: z.string().min(1), countryCode: z.string() }),
})

/** Trades the code of the phone button, which is good once, for the number. `drop` when it is good no more. */
export async function phoneOf(call: CallWechat, code: string): Promise<Phone> {
  const asked = { body: { code }, reply: Reply, repeatable: false }
  const { phone_info } = await call('/wxa/business/getuserphonenumber', asked)
  return { number: phone_info.purePhoneNumber, country: phone_info.countryCode }
}
