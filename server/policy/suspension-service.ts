import type { Day } from '#shared/day'
import { changesBetween, type Change, type Unit } from './change.ts'
import { endingOfName } from './citation-service.ts'
import { titleKey } from './metadata/title.ts'
import { PolicyArticle, PolicyDocument } from './model.ts'
import { timelinesOf } from './status-service.ts'
import { suspensionsOf, type DocumentNews, type Resting, type Suspension } from './suspension.ts'
import { periodOn, type Period } from './timeline.ts'

/** A question or answer, and for each of its sources the day it was last checked, where somebody noted it. */
export interface CheckedResting extends Resting {
  sources: (Resting['sources'][number] & { checkedOn?: Day | null | undefined })[]
}

/**
 * Which questions and answers rest on what is no longer the law: for each source, the version that applied when it was
 * checked is compared with the one that applies today. Documents nobody knows anything of stop nothing.
 */
export async function suspensionsOn(resting: CheckedResting[], today: Day): Promise<Suspension[]> {
  const laws = [...new Set(resting.flatMap(({ sources }) => sources.map(({ law }) => law)))]
  const stored = await storedDocuments(laws)
  const news = new NewsDesk(today)
  const suspensions: Suspension[] = []
  for (const each of resting) {
    for (const source of each.sources) {
      const document = stored.get(titleKey(source.law))
      const checkedOn = source.checkedOn ?? null
      const told = document ? await news.since(document, checkedOn) : await news.ofName(source.law, checkedOn)
      const found = suspensionsOf([{ id: each.id, sources: [source] }], { ...told, names: [source.law] })
      if (found.length === 0) continue
      suspensions.push(...found)
      break
    }
  }
  return suspensions
}

interface StoredDocument {
  id: string
  timeline: Period[]
}

/** The documents of these names, by the key of the name. */
async function storedDocuments(laws: string[]): Promise<Map<string, StoredDocument>> {
  const keys = new Set(laws.map(titleKey))
  const documents = await PolicyDocument.find({
    $or: [{ key: { $in: [...keys] } }, { names: { $in: laws } }],
  }).lean()
  const timelines = await timelinesOf(documents.map(({ _id }) => _id.toString()))
  const found = new Map<string, StoredDocument>()
  for (const { _id, key, names } of documents) {
    const id = _id.toString()
    const stored = { id, timeline: timelines.get(id) ?? [] }
    for (const name of [key, ...names.map(titleKey)]) {
      if (name === key || !found.has(name)) found.set(name, stored)
    }
  }
  return found
}

const NOTHING: Omit<DocumentNews, 'names'> = { repealed: false, unread: false, changes: [] }

/** What happened to documents up to today; each comparison of two versions is made once. */
class NewsDesk {
  readonly #today: Day
  readonly #changes = new Map<string, Promise<Change[]>>()

  constructor(today: Day) {
    this.#today = today
  }

  async since({ timeline }: StoredDocument, checkedOn: Day | null): Promise<Omit<DocumentNews, 'names'>> {
    const now = periodOn(timeline, this.#today)
    const then = checkedOn === null ? null : periodOn(timeline, checkedOn)
    if (now === null)
      return { ...NOTHING, repealed: timeline.some(({ ending }) => ending?.kind === 'repeal') }
    // Without the day of the check it cannot be told whether the editor had seen the change; what is missing is missing.
    if (now === then || (then === null && now.versions.length > 0)) return NOTHING
    if (now.versions.length === 0) return { ...NOTHING, unread: true }
    if (then === null || then.versions.length === 0) return NOTHING
    return { ...NOTHING, changes: await this.#compare(then.versions, now.versions) }
  }

  async ofName(law: string, checkedOn: Day | null): Promise<Omit<DocumentNews, 'names'>> {
    const ended = await endingOfName(law, this.#today)
    const known = checkedOn === null ? null : await endingOfName(law, checkedOn)
    return { ...NOTHING, repealed: ended !== null && known === null }
  }

  #compare(then: string[], now: string[]): Promise<Change[]> {
    const key = [...then, '→', ...now].join()
    const known = this.#changes.get(key) ?? compare(then, now)
    this.#changes.set(key, known)
    return known
  }
}

async function compare(then: string[], now: string[]): Promise<Change[]> {
  const [before, after] = await Promise.all([unitsOf(then), unitsOf(now)])
  return changesBetween(before, after)
}

async function unitsOf(versions: string[]): Promise<Unit[]> {
  const fields = { label: 1, path: 1, text: 1 } as const
  return PolicyArticle.find({ version: { $in: versions } }, fields)
    .sort({ version: 1, order: 1 })
    .lean()
}
