import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { dayOf, type Day } from '#shared/day'
import { readGuarded } from '#server/reading/guarded'
import { UnreadableError } from '#server/reading/part'
import { transaction } from '../base/mongo.ts'
import { PolicyDocument, PolicyFact, PolicyVersion } from './model.ts'
import { formalNames, titleKey } from './metadata/title.ts'
import { readStatusTable, type StatusLine } from './status-table.ts'
import { timelineOf, type DatedVersion, type Fact, type Period, type StatedRepeal } from './timeline.ts'
import { reasons, statusReasons } from './wording.ts'

/** What the import of a status table did. */
export interface StatusImportReport {
  table: string
  added: number
  changed: number
  unchanged: number
  /** Lines of an earlier import of this table that it no longer has. */
  withdrawn: number
  /** Lines about documents that are not stored; they are kept. */
  absent: number
  rejected: { at: number | null; title: string; reason: string }[]
}

/**
 * Makes the stored lines of a status table those of the file, all at once. The table goes by the file's name and is the
 * authority on its own lines: one that it no longer has is withdrawn. With a line that cannot be used nothing changes.
 */
export async function importStatusTable(call: { file: string; now: Date }): Promise<StatusImportReport> {
  const table = basename(call.file)
  const report = { table, added: 0, changed: 0, unchanged: 0, withdrawn: 0, absent: 0, rejected: [] }
  const findings = await findingsIn(call.file, dayOf(call.now))
  if (typeof findings === 'string')
    return { ...report, rejected: [{ at: null, title: '', reason: findings }] }
  const rejected = findings.flatMap(each =>
    'reason' in each ? [{ at: each.at, title: each.title, reason: statusReasons[each.reason] }] : [],
  )
  if (rejected.length > 0) return { ...report, rejected }
  const lines = findings.flatMap(each => ('line' in each ? [each.line] : []))
  const keys = [...new Set(lines.map(({ key }) => key))]
  const absent = keys.length - (await storedOf(keys)).size
  return { ...report, ...(await replaceLines(table, lines, call.now)), absent }
}

/** Those of these keys that name a stored document. */
async function storedOf(keys: string[]): Promise<Set<string>> {
  const found = await PolicyDocument.find({}, { key: 1, title: 1 }).lean()
  const known = new Set(found.flatMap(({ key, title }) => [...callsOf(key, title).keys]))
  return new Set(keys.filter(key => known.has(key)))
}

async function findingsIn(file: string, today: Day) {
  try {
    const parts = await readGuarded(await readFile(file), basename(file))
    return readStatusTable(parts, today) ?? statusReasons['table.unknown']
  } catch (error) {
    if (error instanceof UnreadableError) return reasons[`file.${error.obstacle}`]
    throw error
  }
}

type Counts = Pick<StatusImportReport, 'added' | 'changed' | 'unchanged' | 'withdrawn'>

async function replaceLines(table: string, lines: StatusLine[], at: Date): Promise<Counts> {
  return transaction(async session => {
    const before = await PolicyFact.find({ table }, null, { session }).lean()
    const known = new Map(before.map(fact => [identityOf(fact), fact]))
    const counts = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 }
    for (const line of lines) {
      const identity = identityOf(line)
      const fact = known.get(identity)
      known.delete(identity)
      if (fact === undefined) {
        await PolicyFact.create([{ table, ...line, at }], { session })
        counts.added++
      } else if (isSame(fact, line)) counts.unchanged++
      else {
        await PolicyFact.updateOne({ _id: fact._id }, { $set: { ...line, at } }, { session })
        counts.changed++
      }
    }
    const withdrawn = [...known.values()].map(({ _id }) => _id)
    if (withdrawn.length > 0) await PolicyFact.deleteMany({ _id: { $in: withdrawn } }, { session })
    return { ...counts, withdrawn: withdrawn.length }
  })
}

type Identified = Pick<StatusLine, 'key' | 'number' | 'event' | 'day'>
const identityOf = ({ key, number, event, day }: Identified): string => `${key} ${number} ${event} ${day}`

const isSame = (fact: Partial<Record<keyof StatusLine, unknown>>, line: StatusLine): boolean =>
  (['title', 'successor', 'source', 'checkedOn', 'from'] as const).every(
    name => (fact[name] ?? null) === line[name],
  )

/** When which version of each of these documents applied, by the id of the document. */
export async function timelinesOf(documentIds: string[]): Promise<Map<string, Period[]>> {
  const documents = await PolicyDocument.find({ _id: { $in: documentIds } }, { key: 1, title: 1 }).lean()
  const named = documents.map(({ _id, key, title }) => ({ id: _id.toString(), ...callsOf(key, title) }))
  const keys = [...new Set(named.flatMap(each => [...each.keys]))]
  const [versions, facts, repealing] = await Promise.all([
    PolicyVersion.find(
      { document: { $in: documentIds }, live: true },
      { document: 1, day: 1, force: 1 },
    ).lean(),
    PolicyFact.find({ key: { $in: keys } }).lean(),
    PolicyVersion.find(
      { live: true, 'repeals.key': { $in: keys } },
      { document: 1, title: 1, repeals: 1 },
    ).lean(),
  ])
  const own = groupBy(versions, version => version.document.toString())
  return new Map(
    named.map(document => {
      // A document that repeals its own earlier version is a version itself.
      const others = repealing.filter(version => version.document.toString() !== document.id)
      const stated = others.flatMap(({ title, repeals }) =>
        repeals
          .filter(repeal => means(repeal, document))
          .map(({ label, from }): StatedRepeal => ({ from: from ?? null, by: quoted(title), label })),
      )
      const told = facts.filter(fact => means(fact, document)).map(asFact)
      return [document.id, timelineOf((own.get(document.id) ?? []).map(dated), told, stated)]
    }),
  )
}

/** What a document is called in tables and in the texts of others. */
interface Calls {
  keys: Set<string>
  number: string
}

/** The key of a notice ends with its number. */
function callsOf(key: string, title: string): Calls {
  const [own = '', number = ''] = key.split(' ')
  return { keys: new Set([own, ...formalNames(title).map(titleKey)]), number }
}

/** Notices of the same title are told apart by their numbers, where both are known. */
const means = (said: { key: string; number: string }, { keys, number }: Calls): boolean =>
  keys.has(said.key) && (said.number === '' || number === '' || said.number === number)

function groupBy<T>(all: T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each])
  return groups
}

const asFact = ({ event, day, from, successor, source, checkedOn }: Fact | StoredFact): Fact => ({
  ...{ event, day, from: from ?? null, successor, source, checkedOn },
})
type StoredFact = Omit<Fact, 'from'> & { from?: Day | null }

/** Inside of 《》 stand 〈〉 (GB/T 15834-2011, 4.15.3.3). */
const quoted = (title: string): string => `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`

interface StoredVersion {
  _id: { toString(): string }
  day?: Day | null
  force?: { from?: Day | null; basis: DatedVersion['basis']; until?: Day | null } | null
}

const dated = ({ _id, day, force }: StoredVersion): DatedVersion => ({
  id: _id.toString(),
  day: day ?? null,
  from: force?.from ?? null,
  basis: force?.basis ?? 'unknown',
  until: force?.until ?? null,
})
