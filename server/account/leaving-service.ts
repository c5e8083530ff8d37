import { idText, transaction } from '../base/mongo.ts'
import { Cadre, Identity, Session, Suggestion } from './model.ts'

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

/**
 * Ends all sessions of the person WeChat knows by `openid` and forgets who it was. A cadre who cannot sign in otherwise
 * leaves: behaviour is deleted, the training record is kept without a way back to the person. News from before the
 * cadre joined, such as a late one about an earlier account, changes nothing.
 */
export async function leave({ openid, at, now }: { openid: string; at: Date; now: Date }): Promise<void> {
  const identity = await Identity.findOne({ provider: 'wechat', subject: openid }).lean()
  const cadre = identity && (await Cadre.findById(identity.cadre).lean())
  // WeChat tells whole seconds.
  if (!cadre || cadre.joinedAt.getTime() >= at.getTime() + 1000) return
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
    await Cadre.updateOne({ _id: cadre._id }, { leftAt: now }, { session })
  })
}
