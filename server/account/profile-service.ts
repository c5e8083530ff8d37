import type { Role } from '#shared/endpoint'
import { type Day, dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { storable } from '../base/free-text.ts'
import { idText } from '../base/mongo.ts'
import type { Wechat } from '../clients/wechat.ts'
import { isPlatformFailure } from '../base/platform-failure.ts'
import { rolesOf } from './grant-service.ts'
import { type Person, waysOf } from './identity-service.ts'
import { Cadre } from './model.ts'
import { nameIn } from './naming.ts'
import { maskedNumber, phoneNumber } from './phone-number.ts'

/** The cadre's own account. */
export interface Me {
  id: string
  name: string
  joinedOn: Day
  roles: Role[]
  phone: string | null
  ways: Person['provider'][]
}

/** Says whether a name may be used. */
export type JudgeName = (call: { cadreId: string; name: string; now: Date }) => Promise<boolean>

/** Tells of the cadre's own account. */
export async function me(cadreId: string): Promise<Me> {
  const cadre = await Cadre.findById(cadreId).lean()
  if (!cadre) throw new AppError('session.missing', { cadreId })
  const { name, phone, joinedAt } = cadre
  const [roles, ways] = await Promise.all([rolesOf(cadreId), waysOf(cadreId)])
  return {
    ...{ id: idText(cadre._id), name, joinedOn: dayOf(joinedAt), roles, ways },
    phone: phone ? maskedNumber(phone) : null,
  }
}

/** Calls the cadre by another name. Fails with `name.*` or `text.classified`, and then nothing changes. */
export async function rename(
  { cadreId, text, now }: { cadreId: string; text: string; now: Date },
  judge: JudgeName,
): Promise<Me> {
  const given = nameIn(text)
  if (given === undefined) throw new AppError('name.unfit')
  const name = storable(given)
  if (!(await judge({ cadreId, name, now }))) throw new AppError('name.sensitive')
  return change(cadreId, { name })
}

/** Keeps the number behind the code of WeChat's phone button. Fails with a `phone.*` code, and then nothing changes. */
export async function givePhone(
  { cadreId, code }: { cadreId: string; code: string },
  wechat: Pick<Wechat, 'phoneOf'> | undefined,
): Promise<Me> {
  if (!wechat) throw new AppError('phone.unavailable')
  const phone = await wechat.phoneOf(code).catch((error: unknown) => {
    if (!isPlatformFailure(error)) throw error
    const { kind, reason } = error
    throw new AppError(kind === 'drop' ? 'phone.code-invalid' : 'phone.busy', { kind, reason })
  })
  return change(cadreId, { phone: phoneNumber(phone) })
}

/** Forgets the number. */
export const removePhone = (cadreId: string): Promise<Me> => change(cadreId, { phone: null })

/** Nothing is written about somebody who has just left. */
async function change(cadreId: string, part: { name: string } | { phone: string | null }): Promise<Me> {
  const { matchedCount } = await Cadre.updateOne({ _id: cadreId, leftAt: null }, part)
  if (matchedCount === 0) throw new AppError('session.missing', { cadreId })
  return me(cadreId)
}
