import type { SignInWay } from '#shared/account'
import { type Day, dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { isDuplicate, type Session as Transaction, transaction } from '../base/mongo.ts'
import type { Wechat } from '../clients/wechat.ts'
import type { Wecom } from '../clients/wecom.ts'
import { Cadre, Identity, Session } from './model.ts'
import { demoName, subjectOf } from './signing-in.ts'

/** How people prove who they are: WeChat and WeCom where they are set up, demo names where they are allowed. */
export interface SignInWays {
  wechat?: Pick<Wechat, 'openidOf' | 'phoneOf'> | undefined
  wecom?: Pick<Wecom, 'memberOf'> | undefined
  demo: boolean
}

/** What a person shows to be known by. */
export interface Proof {
  code: string
  way?: SignInWay | undefined
}

/** A person as a provider knows one; only a demo name is also what the person is called. */
export interface Person {
  provider: SignInWay | 'demo'
  subject: string
  name: string
}

/** The platforms people sign in by; the one that counts where none is named comes first. */
export const waysSetUp = ({ wechat, wecom }: SignInWays): SignInWay[] => [
  ...(wechat ? ['wechat' as const] : []),
  ...(wecom ? ['wecom' as const] : []),
]

/** Who shows this. In demo mode that is a name, whatever the way. Fails with a `sign-in.*` code. */
export async function whoIs({ code, way }: Proof, ways: SignInWays): Promise<Person> {
  if (ways.demo) return whoIsCalled(demoName(code))
  const by = way ?? waysSetUp(ways)[0]
  if (by === undefined) throw new AppError('sign-in.demo-off')
  return whoBy(by, code, ways)
}

function whoIsCalled(name: string | undefined): Person {
  if (name === undefined) throw new AppError('sign-in.demo-only')
  return { provider: 'demo', subject: name, name }
}

async function whoBy(way: SignInWay, code: string, { wechat, wecom }: SignInWays): Promise<Person> {
  if (way === 'wechat') {
    if (!wechat) throw new AppError('sign-in.wechat-off')
    return { provider: way, subject: await wechat.openidOf(code), name: '' }
  }
  if (!wecom) throw new AppError('sign-in.wecom-off')
  return { provider: way, subject: subjectOf(await wecom.memberOf(code)), name: '' }
}

/**
 * Lets a cadre sign in by another way from now on. Nobody else's account changes hands: where the person is known as
 * another cadre it fails with `identity.taken`, and with `identity.another` where the cadre has one of this way.
 */
export async function addIdentity(
  { cadreId, code, way, now }: { cadreId: string; code: string; way: SignInWay; now: Date },
  ways: SignInWays,
): Promise<void> {
  const { provider, subject } = await whoBy(way, code, ways)
  try {
    await join({ cadre: cadreId, provider, subject }, dayOf(now))
  } catch (error) {
    if (!isDuplicate(error, ['provider', 'subject']) && !isDuplicate(error, ['cadre', 'provider']))
      throw error
    const known = await Identity.findOne({ provider, subject }).lean()
    if (!known) throw new AppError('identity.another')
    if (!known.cadre.equals(cadreId)) throw new AppError('identity.taken')
  }
}

/** Who leaves meanwhile gets no new identity. */
const join = (identity: Joined, today: Day): Promise<void> =>
  transaction(async session => {
    if (!(await isHere(identity.cadre, today, session))) throw new AppError('session.missing')
    await Identity.create([identity], { session })
  })

type Joined = { cadre: string } & Pick<Person, 'provider' | 'subject'>

/** Whether a cadre has not left, nor leaves before the transaction ends. */
async function isHere(cadre: string, today: Day, session: Transaction): Promise<boolean> {
  const here = { _id: cadre, leftAt: null }
  const { matchedCount } = await Cadre.updateOne(here, { $max: { seenOn: today } }, { session })
  return matchedCount === 1
}

/** A way to sign in that is to lead to another cadre, the same person, or to nobody any more. */
export interface Moving {
  from: string
  way: SignInWay
  to: string | null
  now: Date
}

/**
 * Moves a way to sign in, and no record. Who is signed in as the first cadre has to sign in again. Does `besides`
 * together with it, or answers what stands against it.
 */
export async function moveIdentity(
  { from, way, to, now }: Moving,
  besides: (session: Transaction) => Promise<unknown>,
): Promise<'moved' | 'none' | 'has-left' | 'has-one'> {
  try {
    return await transaction(async session => {
      if (to !== null && !(await isHere(to, dayOf(now), session))) return 'has-left'
      const its = await Identity.findOneAndDelete({ cadre: from, provider: way }, { session }).lean()
      if (!its) return 'none'
      if (to !== null)
        await Identity.create([{ provider: way, subject: its.subject, cadre: to }], { session })
      await Session.deleteMany({ cadre: from }, { session })
      await besides(session)
      return 'moved'
    })
  } catch (error) {
    if (isDuplicate(error, ['cadre', 'provider'])) return 'has-one'
    throw error
  }
}

/** How a cadre can sign in. */
export async function waysOf(cadreId: string): Promise<Person['provider'][]> {
  const identities = await Identity.find({ cadre: cadreId }, { provider: 1 }).sort({ _id: 1 }).lean()
  return identities.map(({ provider }) => provider)
}
