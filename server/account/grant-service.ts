import { Types } from 'mongoose'
import type { Role } from '#shared/endpoint'
import { idText, isDuplicate } from '../base/mongo.ts'
import { Cadre, Grant, Identity } from './model.ts'
import { endingOf } from './signing-in.ts'

/** The roles a cadre holds, in one order. */
export async function rolesOf(cadreId: string): Promise<Role[]> {
  const grants = await Grant.find({ cadre: cadreId }, { role: 1 }).lean()
  return [...new Set(grants.map(({ role }) => role))].sort()
}

/** Gives a cadre a role; false where the cadre has it. */
export async function grantRole(call: {
  cadreId: string
  role: Role
  by: string
  now: Date
}): Promise<boolean> {
  const { cadreId, role, by, now } = call
  try {
    await Grant.create({ cadre: cadreId, role, unit: null, by, at: now })
    return true
  } catch (error) {
    if (isDuplicate(error, ['cadre', 'role', 'unit'])) return false
    throw error
  }
}

/** Takes a role away; false where the cadre does not have it. */
export async function revokeRole({ cadreId, role }: { cadreId: string; role: Role }): Promise<boolean> {
  const { deletedCount } = await Grant.deleteMany({ cadre: cadreId, role })
  return deletedCount > 0
}

/** Everybody who holds a role, by name. */
export async function grants(): Promise<{ cadreId: string; name: string; role: Role; at: Date }[]> {
  const all = await Grant.find({}).sort({ cadre: 1, role: 1 }).lean()
  const names = await namesOf(all.map(({ cadre }) => idText(cadre)))
  return all.map(({ cadre, role, at }) => {
    const cadreId = idText(cadre)
    return { cadreId, name: names.get(cadreId) ?? '', role, at }
  })
}

/** The names of cadres, by id; '' where WeChat told none and nobody wrote one. */
export async function namesOf(cadreIds: readonly string[]): Promise<Map<string, string>> {
  const cadres = await Cadre.find({ _id: { $in: cadreIds } }, { name: 1 }).lean()
  return new Map(cadres.map(({ _id, name }) => [idText(_id), name]))
}

/** A cadre somebody may mean by a name. */
export interface Named {
  id: string
  name: string
  joinedAt: Date
  /** Known by something nobody can choose for oneself: a demo name, an openid, a userid or the id. */
  sure: boolean
}

/** The cadres somebody may mean by a name, including those who call themselves so. */
export async function cadresNamed(name: string): Promise<Named[]> {
  const member = { provider: 'wecom', subject: { $regex: endingOf(name) } } as const
  const identities = await Identity.find({ $or: [{ subject: name }, member] }, { cadre: 1 }).lean()
  const ids = identities.map(({ cadre }) => cadre)
  if (/^[0-9a-f]{24}$/.test(name)) ids.push(new Types.ObjectId(name))
  const cadres = await Cadre.find({ $or: [{ _id: { $in: ids } }, { name }] }).lean()
  const sure = new Set(ids.map(idText))
  return cadres.map(({ _id, name: known, joinedAt }) => ({
    ...{ id: idText(_id), name: known, joinedAt },
    sure: sure.has(idText(_id)),
  }))
}
