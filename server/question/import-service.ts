import { createHash } from 'node:crypto'
import { Types } from 'mongoose'
import { idText, isDuplicate } from '../base/mongo.ts'
import { correctQuestion } from './correction-service.ts'
import type { QuestionDraft } from './draft.ts'
import { identityOf, keyIdentity } from './identity.ts'
import { comparable } from './import/fold.ts'
import { isDaily } from './import/blank.ts'
import { Question } from './model.ts'

const BATCH = 200

/** A draft with the place it came from. */
export interface Entry {
  draft: QuestionDraft
  origin: string
}

/** What became of one entry; `id` is the stored question, null for a conflict and in a dry run. */
export interface Taken {
  outcome: 'accepted' | 'duplicate' | 'conflict'
  id: string | null
}

/** How an imported question stands. */
export type Status = 'draft' | 'published'

/** SHA-256 of what makes a question itself: type, stem and sorted options. */
export const fingerprintOf = (draft: QuestionDraft): string =>
  createHash('sha256').update(identityOf(draft)).digest('hex')

interface Target {
  bank: string
  now: Date
  status?: Status | undefined
  dryRun?: boolean | undefined
}

/**
 * Puts questions into a bank, each once. A question the bank has is a duplicate, with another key a conflict; neither
 * changes anything. Outcomes come in the order of the entries. Safe to run again after a crash, and beside itself.
 */
export async function importQuestions(
  call: Target & { entries: Entry[]; onProgress?: ((done: number, total: number) => void) | undefined },
): Promise<Taken[]> {
  const { entries } = call
  const seen = new Map<string, Known>()
  const taken: Taken[] = []
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries
      .slice(at, at + BATCH)
      .map(entry => ({ ...entry, fingerprint: fingerprintOf(entry.draft), id: new Types.ObjectId() }))
    taken.push(...(await takeBatch(call, batch, seen)))
    call.onProgress?.(taken.length, entries.length)
  }
  return taken
}

/** A question the bank has, with every key it ever had: a file may still hold one that was corrected since. */
interface Known {
  id: string | null
  keys: string[]
}

type Marked = Entry & { fingerprint: string; id: Types.ObjectId }

async function takeBatch(target: Target, batch: Marked[], seen: Map<string, Known>): Promise<Taken[]> {
  await remember(target.bank, batch, seen)
  const fresh: Marked[] = []
  const taken = batch.map((entry): Taken => {
    const key = keyIdentity(entry.draft, entry.draft.key)
    const known = seen.get(entry.fingerprint)
    if (known !== undefined) return compare(known, key)
    fresh.push(entry)
    const id = target.dryRun === true ? null : idText(entry.id)
    seen.set(entry.fingerprint, { id, keys: [key] })
    return { outcome: 'accepted', id }
  })
  if (target.dryRun === true || fresh.length === 0) return taken
  try {
    await Question.insertMany(
      fresh.map(entry => stored(target, entry)),
      { ordered: false },
    )
    return taken
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  // Another import of the same bank was faster with some of them: see which of the new ones are this one's own.
  for (const { fingerprint } of fresh) seen.delete(fingerprint)
  await remember(target.bank, fresh, seen)
  return batch.map((entry, index) => {
    const before = taken[index]
    const known = seen.get(entry.fingerprint)
    if (
      before === undefined ||
      before.outcome !== 'accepted' ||
      known === undefined ||
      known.id === before.id
    ) {
      return before ?? { outcome: 'duplicate', id: null }
    }
    return compare(known, keyIdentity(entry.draft, entry.draft.key))
  })
}

/** A bulk write names the index only in its message. */
const isTaken = (error: unknown): boolean =>
  (error as { code?: unknown }).code === 11000 && String(error).includes('bank_1_fingerprint_1')

const compare = (known: Known, key: string): Taken =>
  known.keys.includes(key) ? { outcome: 'duplicate', id: known.id } : { outcome: 'conflict', id: null }

async function remember(bank: string, batch: Marked[], seen: Map<string, Known>): Promise<void> {
  const wanted = batch.map(({ fingerprint }) => fingerprint).filter(fingerprint => !seen.has(fingerprint))
  if (wanted.length === 0) return
  const fields = { fingerprint: 1, options: 1, ordered: 1, key: 1, history: 1 } as const
  const found = await Question.find({ bank, fingerprint: { $in: wanted } }, fields).lean()
  for (const question of found) {
    const keys = [question.key, ...question.history.map(({ key }) => key)]
    seen.set(question.fingerprint, {
      id: idText(question._id),
      keys: keys.map(key => keyIdentity(question, key)),
    })
  }
}

function stored(target: Target, { draft, origin, fingerprint, id }: Marked) {
  return {
    ...draft,
    _id: id,
    bank: target.bank,
    fingerprint,
    origin,
    status: target.status ?? ('published' as const),
    daily: isDaily(draft.type, draft.key),
    // The first 48 bits of the hash are as good as random, and the same on every machine.
    draw: parseInt(fingerprint.slice(0, 12), 16) / 2 ** 48,
    at: target.now,
  }
}

/**
 * Puts the questions of a lesson into its own bank and gives an id for each, in order. Here the file is the authority:
 * a question with another key or explanation than the bank has is corrected as a new version, and one that is no longer
 * in the file is retired.
 */
export async function importDrafts(call: {
  bank: string
  drafts: Entry[]
  now: Date
}): Promise<{ id: string }[]> {
  const { bank, drafts, now } = call
  const taken = await importQuestions({ bank, entries: drafts, now })
  const ids: { id: string }[] = []
  for (const [index, { draft }] of drafts.entries()) {
    const id = taken[index]?.id ?? null
    if (taken[index]?.outcome === 'accepted' && id !== null) ids.push({ id })
    else ids.push({ id: await renew(bank, draft, now) })
  }
  const others = { bank, _id: { $nin: ids.map(({ id }) => new Types.ObjectId(id)) } }
  const shown = { $in: ['published', 'suspended'] as const }
  await Question.updateMany({ ...others, status: shown }, { status: 'retired' })
  return ids
}

async function renew(bank: string, draft: QuestionDraft, now: Date): Promise<string> {
  const question = await Question.findOne({ bank, fingerprint: fingerprintOf(draft) }).lean()
  if (question === null) throw new Error(`a question of ${bank} was removed while it was imported`)
  const id = idText(question._id)
  const same = keyIdentity(question, question.key) === keyIdentity(draft, draft.key)
  const written = new Map(draft.options.map(option => [comparable(option.text), option]))
  const options = question.options.map(({ label, text, why }) => {
    const option = written.get(comparable(text))
    return { label, text, why: option?.why ?? why, isKey: option && draft.key.includes(option.label) }
  })
  const given = draft.type === 'blank' ? draft.key : options.flatMap(one => (one.isKey ? [one.label] : []))
  // The same key and explanation too: marking again may have been cut short.
  await correctQuestion({ id, key: same ? question.key : given, explanation: draft.explanation, now })
  const { topic, difficulty, sources } = draft
  const renewed = { topic, difficulty, sources, options: options.map(({ isKey: _, ...option }) => option) }
  // What a changed clause stopped goes on only when its sources were looked at.
  const stays = question.status === 'suspended' && isSameSources(question.sources, sources)
  const status = stays ? 'suspended' : 'published'
  await Question.updateOne({ _id: question._id }, { $set: { ...renewed, status } })
  return id
}

type StoredSource = Partial<Record<'law' | 'article' | 'version' | 'checkedOn', string | null>>

const isSameSources = (stored: readonly StoredSource[], given: readonly StoredSource[]): boolean => {
  const lineOf = ({ law, article, version, checkedOn }: StoredSource) =>
    [law, article, version, checkedOn].map(each => each ?? '').join(' ')
  return stored.map(lineOf).join('\n') === given.map(lineOf).join('\n')
}

/** Adds one question as a draft of an author's; null where the bank has it. */
export async function addDraft(call: {
  bank: string
  draft: QuestionDraft
  origin: string
  author: string
  now: Date
}): Promise<string | null> {
  const { bank, draft, origin, author, now } = call
  const marked = { draft, origin, fingerprint: fingerprintOf(draft), id: new Types.ObjectId() }
  try {
    await Question.create({ ...stored({ bank, now, status: 'draft' }, marked), author })
    return idText(marked.id)
  } catch (error) {
    if (isDuplicate(error, ['bank', 'fingerprint'])) return null
    throw error
  }
}
