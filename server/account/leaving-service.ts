import { idText, transaction } from '../base/mongo.ts'
import { Cadre, Identity, Session, Suggestion } from './model.ts'
import { withdrawalOf } from './withdrawal.ts'

/** What listeners are told of a cadre who leaves. */
export interface Leaving {
  cadreId: string
  now: Date
}

type Listener = (leaving: Leaving) => Promise<unknown>

const listeners: Listener[] = []

/**
 * Has `listener` delete what its feature keeps of the behaviour of a cadre who leaves; not the training record. It may
 * be called again for the same cadre after a failure. Returns a function that ends it.
 */
export function onLeaving(listener: Listener): () => void {
  listeners.push(listener)
  return () => {
    const at = listeners.indexOf(listener)
    if (at >= 0) listeners.splice(at, 1)
  }
}

/** Somebody WeChat knows, and when it told the news. */
interface Told {
  openid: string
  at: Date
  now: Date
}

/**
 * Ends all sessions of the person WeChat knows by `openid` and forgets who it was. A cadre who cannot sign in otherwise
 * leaves: behaviour is deleted, the training record is kept without a way back to the person. News from before the
 * cadre joined, such as a late one about an earlier account, changes nothing.
 */
export async function leave(told: Told): Promise<void> {
  const { now } = told
  const { identity, cadre } = await whoIs(told)
  if (!identity || !cadre) return
  await Session.deleteMany({ cadre: cadre._id })
  if (await Identity.exists({ cadre: cadre._id, _id: { $ne: identity._id } })) {
    await Identity.deleteOne({ _id: identity._id })
    return
  }
  for (const listener of listeners) await listener({ cadreId: idText(cadre._id), now })
  await transaction(async session => {
    await Suggestion.deleteMany({ cadre: cadre._id }, { session })
    await Session.deleteMany({ cadre: cadre._id }, { session })
    await Identity.deleteMany({ cadre: cadre._id }, { session })
    await Cadre.updateOne({ _id: cadre._id }, { leftAt: now, name: '', phone: null }, { session })
  })
}

/**
 * Empties what of the profile a person took back from WeChat, by the numbers of `RevokeInfo`; where it tells none, the
 * person leaves. True when the person left.
 */
export async function withdraw({ info, ...told }: Told & { info: string }): Promise<boolean> {
  const taken = withdrawalOf(info)
  if (taken === 'everything') {
    await leave(told)
    return true
  }
  const { cadre } = await whoIs(told)
  const emptied = { ...(taken.name && { name: '' }), ...(taken.phone && { phone: null }) }
  if (cadre && Object.keys(emptied).length > 0) await Cadre.updateOne({ _id: cadre._id }, emptied)
  return false
}

/** The identity and its cadre, unless the news is older than the account. */
async function whoIs({ openid, at }: Told) {
  const identity = await Identity.findOne({ provider: 'wechat', subject: openid }).lean()
  const cadre = identity && (await Cadre.findById(identity.cadre).lean())
  // WeChat tells whole seconds.
  if (!cadre || cadre.joinedAt.getTime() >= at.getTime() + 1000) return { identity: null, cadre: null }
  return { identity, cadre }
}
