import { createHash, randomBytes } from 'node:crypto'
import { Types } from 'mongoose'
import { addDays, addWorkdays, type Day, dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { storable } from '../base/free-text.ts'
import { idText, isDuplicate, read, readOne, transaction } from '../base/mongo.ts'
import { type Person, type Proof, type SignInWays, whoIs } from './identity-service.ts'
import { Cadre, Identity, Session, Suggestion } from './model.ts'
import { SESSION_DAYS, useridIn } from './signing-in.ts'

export { leave, onLeaving, withdraw } from './leaving-service.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A cadre not seen for this many days gets no daily push. */
const ACTIVE_DAYS = 14
/** Working days within which a suggestion is answered. */
const REPLY_WORKDAYS = 5

type Known = { _id: Types.ObjectId; name: string }

export interface SignIn extends Proof {
  device: string
  now: Date
}

/** Signs a device in. Fails with a `sign-in.*` code. */
export async function signIn({ code, way, device, now }: SignIn, ways: SignInWays) {
  const cadre = await cadreOf(await whoIs({ code, way }, ways), now)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * DAY_MS)
  await Session.collection.insertOne({
    cadre: cadre._id,
    tokenHash: hashOf(token),
    device,
    signedInAt: now,
    expiresAt,
    usedOn: dayOf(now),
  })
  return { token, expiresAt: expiresAt.toISOString(), cadre: { id: idText(cadre._id), name: cadre.name } }
}

/** The cadre behind an identity, made at the first sign-in; two first sign-ins at once make one cadre. */
async function cadreOf(person: Person, now: Date): Promise<Known> {
  const { provider, subject } = person
  const known = await Identity.findOne({ provider, subject }).lean()
  if (!known) return firstSignIn(person, now)
  const cadre = await Cadre.findOneAndUpdate({ _id: known.cadre }, { seenOn: dayOf(now) }).lean()
  if (!cadre) throw new AppError('server.failed', { identity: known._id })
  return cadre
}

async function firstSignIn(person: Person, now: Date): Promise<Known> {
  const { provider, subject, name } = person
  try {
    return await transaction(async session => {
      const [cadre] = await Cadre.create([{ name, joinedAt: now, seenOn: dayOf(now) }], { session })
      if (!cadre) throw new Error('no cadre was created')
      await Identity.create([{ provider, subject, cadre: cadre._id }], { session })
      return cadre.toObject()
    })
  } catch (error) {
    if (isDuplicate(error, ['provider', 'subject'])) return cadreOf(person, now)
    throw error
  }
}

/** How WeChat knows a cadre; null for one who signs in otherwise. */
export const openidOf = async (cadreId: string): Promise<string | null> =>
  (await subjectsOf('wechat', [cadreId])).get(cadreId) ?? null

/** How a provider knows each of these cadres; those who sign in otherwise are missing. */
export async function subjectsOf(
  provider: Person['provider'],
  cadreIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  // By cadre only: a plan by provider would look at everybody.
  const identities = await read<{ cadre: Types.ObjectId; provider: Person['provider']; subject: string }>(
    Identity,
    { cadre: { $in: cadreIds.map(id => new Types.ObjectId(id)) } },
    { projection: { cadre: 1, provider: 1, subject: 1 } },
  )
  const own = identities.filter(identity => identity.provider === provider)
  return new Map(own.map(({ cadre, subject }) => [idText(cadre), subject]))
}

/** The userid of each of these cadres who is a member of this enterprise. */
export async function useridsOf(
  corpid: string,
  cadreIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const subjects = [...(await subjectsOf('wecom', cadreIds))]
  return new Map(
    subjects.flatMap(([cadreId, subject]) => {
      const userid = useridIn(subject, corpid)
      return userid === null ? [] : [[cadreId, userid] as const]
    }),
  )
}

/** The cadre WeChat knows by `openid`, seen today; null for whoever never signed in. */
export async function seenInWechat(openid: string, now: Date): Promise<string | null> {
  const identity = await Identity.findOne({ provider: 'wechat', subject: openid }, { cadre: 1 }).lean()
  if (!identity) return null
  await Cadre.updateOne({ _id: identity.cadre }, { $max: { seenOn: dayOf(now) } })
  return idText(identity.cadre)
}

/** The cadre WeChat knows by `openid`; null for a stranger. */
export async function cadreBehind(openid: string): Promise<string | null> {
  const identity = await Identity.findOne({ provider: 'wechat', subject: openid }, { cadre: 1 }).lean()
  return identity && idText(identity.cadre)
}

type StoredSession = { _id: Types.ObjectId; cadre: Types.ObjectId; expiresAt: Date; usedOn: Day }

/** Who holds a token at a moment; nobody once it expired or was revoked. */
export async function whoHolds(token: string, now: Date) {
  const projection = { cadre: 1, expiresAt: 1, usedOn: 1 }
  const session = await readOne<StoredSession>(Session, { tokenHash: hashOf(token) }, { projection })
  if (!session || session.expiresAt <= now) return undefined
  if (session.usedOn !== dayOf(now)) await markSeen(session, dayOf(now))
  return { cadreId: idText(session.cadre), sessionId: idText(session._id) }
}

async function markSeen(session: { _id: unknown; cadre: unknown }, day: Day): Promise<void> {
  await Cadre.updateOne({ _id: session.cadre }, { $max: { seenOn: day } })
  await Session.updateOne({ _id: session._id }, { usedOn: day })
}

/** Signs one device of a cadre out; a device that is not the cadre's own is `not-found`. */
export async function revoke(cadreId: string, sessionId: string): Promise<void> {
  const { deletedCount } = await Session.deleteOne({ _id: sessionId, cadre: cadreId })
  if (deletedCount === 0) throw new AppError('not-found', { sessionId })
}

/** The devices a cadre is signed in on, newest first. */
export async function devices(cadreId: string, current: string, now: Date) {
  const sessions = await Session.find({ cadre: cadreId, expiresAt: { $gt: now } })
    .sort({ _id: -1 })
    .limit(50)
    .lean()
  return sessions.map(session => ({
    id: idText(session._id),
    device: session.device,
    current: idText(session._id) === current,
    signedInAt: session.signedInAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  }))
}

/** Up to `limit` cadres seen in the last two weeks, by id, after `after`. */
export async function activeCadres({ after, limit, now }: { after?: string; limit: number; now: Date }) {
  const cadres = await Cadre.find(
    {
      seenOn: { $gte: addDays(dayOf(now), -ACTIVE_DAYS) },
      leftAt: null,
      ...(after && { _id: { $gt: after } }),
    },
    { _id: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean()
  return cadres.map(cadre => ({ id: idText(cadre._id) }))
}

/** Keeps a complaint or suggestion, as far as it is `storable`. */
export async function suggest(cadreId: string, words: string, now: Date) {
  const text = storable(words)
  const replyBy = addWorkdays(dayOf(now), REPLY_WORKDAYS)
  const { _id } = await Suggestion.create({ cadre: cadreId, text, at: now, replyBy })
  return { id: idText(_id), replyBy }
}

/** The cadre's own latest suggestions with their replies. */
export async function suggestions(cadreId: string) {
  const own = await Suggestion.find({ cadre: cadreId }).sort({ _id: -1 }).limit(50).lean()
  return own.map(({ _id, text, at, reply, replyBy }) => ({
    id: idText(_id),
    text,
    at: at.toISOString(),
    reply: reply ?? null,
    replyBy,
  }))
}

/** Suggestions nobody has answered yet, the earliest due first. */
export async function openSuggestions() {
  const open = await Suggestion.find({ reply: null }).sort({ replyBy: 1, _id: 1 }).limit(200).lean()
  return open.map(({ _id, text, replyBy }) => ({ id: idText(_id), text, replyBy }))
}

/** Answers a suggestion; its author reads the reply beside it. Fails with `not-found`. */
export async function answerSuggestion(id: string, reply: string): Promise<void> {
  const { matchedCount } = await Suggestion.updateOne({ _id: id }, { reply })
  if (matchedCount === 0) throw new AppError('not-found', { id })
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
