import { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { isDuplicate, transaction, type Session } from '../base/mongo.ts'
import { decide, laterDay, type Decision, type StoredText } from './decision.ts'
import { PolicyArticle, PolicyDocument, PolicyVersion } from './model.ts'
import type { Prepared } from './prepare.ts'

/** A prepared text and the file it came in. */
export interface Incoming extends Prepared {
  path: string
  format: string
  bytes: number
  checksum: string
  collectedOn: Day | null
  now: Date
}

/** What became of a text. */
export interface Stored {
  outcome: 'added' | 'version' | 'changed' | 'unchanged'
  /** The path of another file whose text of the same day gave way to this one; '' where none did. */
  displaced: string
}

const ATTEMPTS = 3

/** Ends a transaction that was only to show what it would do. */
class DryRun extends Error {
  readonly stored: Stored
  constructor(stored: Stored) {
    super('dry run')
    this.stored = stored
  }
}

/**
 * Stores a text with all of its articles, or nothing: a new document, a new version of one, or a new edition. A dry run
 * does the same and takes it back.
 */
export async function store(incoming: Incoming, { dryRun }: { dryRun: boolean }): Promise<Stored> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction(async session => {
        const stored = await storeIn(incoming, session)
        if (dryRun) throw new DryRun(stored)
        return stored
      })
    } catch (error) {
      if (error instanceof DryRun) return error.stored
      // Another import stored the same document, or the same edition, at the same moment.
      const raced = isDuplicate(error, ['key']) || isDuplicate(error, ['document', 'day', 'part', 'edition'])
      if (!raced || attempt === ATTEMPTS) throw error
    }
  }
}

async function storeIn(incoming: Incoming, session: Session): Promise<Stored> {
  const { description, path, checksum, wording } = incoming
  const known = await PolicyDocument.findOne({ key: description.key }, null, { session }).lean()
  const stored = known === null ? [] : await textsOf(known._id, description.part, session)
  const decision = decide({ day: description.day, path, checksum, wording }, stored)
  const document = await renew(known, incoming, session)
  if (decision.do === 'nothing') return { outcome: 'unchanged', displaced: '' }
  if (decision.do === 'alias') {
    await PolicyVersion.updateOne({ _id: decision.id }, { $addToSet: { checksums: checksum } }, { session })
    return { outcome: 'unchanged', displaced: '' }
  }
  await insert(document, incoming, decision, session)
  if (known === null) return { outcome: 'added', displaced: '' }
  if (decision.supersedes === null) return { outcome: 'version', displaced: '' }
  const before = stored.find(({ id }) => id === decision.supersedes)?.path ?? ''
  return { outcome: 'changed', displaced: before === path ? '' : before }
}

async function textsOf(document: Types.ObjectId, part: string, session: Session): Promise<StoredText[]> {
  const found = await PolicyVersion.find({ document, part }, null, { session }).lean()
  return found.map(({ _id, day, edition, live, source, checksums, wording }) => ({
    ...{ id: _id.toString(), day: day ?? null, edition, live, path: source?.path ?? '', checksums, wording },
  }))
}

type Known = { _id: Types.ObjectId; day?: Day | null; collectedOn?: Day | null } | null

/** The document is named and placed as its latest version has it; it keeps every name it ever had. */
async function renew(known: Known, incoming: Incoming, session: Session): Promise<Types.ObjectId> {
  const { description, now } = incoming
  const { key, title, names, issuer, level, region, category, day } = description
  const collectedOn = laterDay(known?.collectedOn ?? null, laterDay(incoming.collectedOn, day))
  const face = { title, issuer, level, region, category, day }
  if (known === null) {
    const [made] = await PolicyDocument.create([{ key, names, ...face, collectedOn, at: now }], { session })
    if (made === undefined) throw new Error('a document was not made')
    return made._id
  }
  const latest = laterDay(known.day ?? null, day) === day
  await PolicyDocument.updateOne(
    { _id: known._id },
    { $set: { collectedOn, ...(latest && face) }, $addToSet: { names: { $each: names } } },
    { session },
  )
  return known._id
}

async function insert(
  document: Types.ObjectId,
  incoming: Incoming,
  { edition, supersedes }: Extract<Decision, { do: 'store' }>,
  session: Session,
): Promise<void> {
  const { description, cited, notes, path, format, bytes, checksum, wording, now } = incoming
  const { title, part, issuer, number, day, promulgatedOn, force, repeals } = description
  if (supersedes !== null) {
    await PolicyVersion.updateOne(
      { _id: supersedes },
      { $set: { live: false, supersededAt: now } },
      { session },
    )
  }
  const version = new Types.ObjectId()
  const articles = cited.filter(({ kind }) => kind === 'article').length
  await PolicyVersion.create(
    [
      {
        ...{ _id: version, document, day, part, edition, live: true, title, issuer, number },
        ...{ promulgatedOn, force, repeals, notes, checksums: [checksum], wording, articles },
        ...{ source: { path, format, bytes }, passages: cited.length - articles, at: now },
      },
    ],
    { session },
  )
  const rows = cited.map((piece, order) => ({
    version,
    document,
    order,
    kind: piece.kind,
    label: piece.label,
    number: piece.kind === 'article' ? piece.number : null,
    sub: piece.kind === 'article' ? piece.sub : 0,
    path: piece.path,
    text: piece.text,
    columns: piece.kind === 'passage' ? (piece.columns ?? '') : '',
  }))
  // Through the driver: the splitter's pieces need no casting, and a code has a thousand of them.
  await PolicyArticle.collection.insertMany(rows, { session })
}
