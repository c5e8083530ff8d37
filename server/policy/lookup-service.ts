import type { Day } from '#shared/day'
import { idText } from '../base/mongo.ts'
import { titleKey } from './metadata/title.ts'
import { PolicyArticle, PolicyDocument, PolicyVersion } from './model.ts'
import { timelinesOf } from './status-service.ts'
import { isConfirmed, standingOn, type Ending, type Standing } from './timeline.ts'

/** One version of a document and how it stands on a day. */
export interface KnownVersion {
  /** Ids of its texts; empty where they are not stored. */
  versions: string[]
  day: Day | null
  from: Day | null
  until: Day | null
  /** The day of force is told by an editor or the text, not taken from the day of the change. */
  told: boolean
  standing: Standing
  confirmed: boolean
  ending: Ending | null
  articles: number
}

/** A document as a person looks it up. */
export interface KnownDocument {
  id: string
  title: string
  names: string[]
  issuer: string
  collectedOn: Day | null
  level: string
  region: string[]
  versions: KnownVersion[]
}

/** The documents of a name, full or short, with all of their versions as they stand on a day. */
export async function lookUp(name: string, day: Day): Promise<KnownDocument[]> {
  const key = titleKey(name)
  const documents = await PolicyDocument.find({ $or: [{ key }, { names: { $in: [name, key] } }] }).lean()
  const ids = documents.map(({ _id }) => idText(_id))
  const [timelines, versions] = await Promise.all([
    timelinesOf(ids),
    PolicyVersion.find({ document: { $in: ids }, live: true }, { articles: 1 }).lean(),
  ])
  const articles = new Map(versions.map(version => [idText(version._id), version.articles]))
  return documents.map(({ _id, title, names, issuer, collectedOn, level, region }) => ({
    ...{ id: idText(_id), title, names, issuer, collectedOn: collectedOn ?? null, level },
    region: region?.path ?? [],
    versions: (timelines.get(idText(_id)) ?? []).map(period => ({
      ...{ versions: period.versions, day: period.day, from: period.from, until: period.until },
      told: period.basis === 'text' || period.basis === 'confirmed',
      standing: standingOn(period, day),
      confirmed: isConfirmed(period, day),
      ending: period.ending,
      articles: period.versions.reduce((sum, id) => sum + (articles.get(id) ?? 0), 0),
    })),
  }))
}

/** What an article is cited by: everything its law is called, with and without book marks, and its label. */
export async function clauseNamed(id: string): Promise<{ names: string[]; label: string } | null> {
  const article = await PolicyArticle.findById(id, { document: 1, label: 1 }).lean()
  if (article === null) return null
  const document = await PolicyDocument.findById(article.document, { key: 1, names: 1 }).lean()
  const plain = document === null ? [] : [...new Set([document.key, ...document.names])]
  return { names: plain.flatMap(name => [name, `《${name}》`]), label: article.label }
}

/** The ids of the articles of a label in these versions; those of an annex come after those of the text. */
export async function articlesLabelled(versions: string[], label: string): Promise<string[]> {
  const found = await PolicyArticle.find({ version: { $in: versions }, label }, { _id: 1 })
    .sort({ version: 1, order: 1 })
    .lean()
  return found.map(({ _id }) => idText(_id))
}
