import type { Types } from 'mongoose'
import type { Day } from '#shared/day'
import type { Level } from './metadata/level.ts'
import type { Region } from './metadata/region.ts'
import { PolicyArticle, PolicyDocument, PolicyFact, PolicyVersion } from './model.ts'
import { timelinesOf } from './status-service.ts'
import type { Period } from './timeline.ts'

/** One live version as a search index takes it in; of a law in several files each part by itself. */
export interface CorpusVersion {
  /** The id of the version. */
  key: string
  name: string
  /** Short and former names. */
  otherNames: string[]
  /** Days from which and before which it applies; null where unknown or without end. */
  from: Day | null
  until: Day | null
  level: Level
  region: Region
  articles: { key: string; label: string; heading: string; text: string }[]
}

const BATCH = 40

/**
 * Changes whenever what `versionsOf` would give changes: after an import of documents or of a status table, in whatever
 * process. An index that remembers it knows whether it is current.
 */
export async function corpusStamp(): Promise<string> {
  const [versions, live, newest, facts, latest] = await Promise.all([
    PolicyVersion.countDocuments({}),
    PolicyVersion.countDocuments({ live: true }),
    PolicyVersion.findOne({}, { at: 1 }).sort({ at: -1 }).lean(),
    PolicyFact.countDocuments({}),
    PolicyFact.findOne({}, { at: 1 }).sort({ at: -1 }).lean(),
  ])
  return [versions, live, newest?.at.getTime() ?? 0, facts, latest?.at.getTime() ?? 0].join('-')
}

/** The ids of all live versions, in the order they were stored. */
export async function liveVersions(): Promise<string[]> {
  const found = await PolicyVersion.find({ live: true }, { _id: 1 }).sort({ _id: 1 }).lean()
  return found.map(({ _id }) => _id.toString())
}

/** The paths of the files that versions were imported from, by id. */
export async function sourcePathsOf(ids: string[]): Promise<Map<string, string>> {
  const found = await PolicyVersion.find({ _id: { $in: ids } }, { source: 1 }).lean()
  return new Map(found.map(({ _id, source }) => [_id.toString(), source?.path ?? '']))
}

/** Versions with their articles and the days between which they apply, a few at a time. */
export async function* versionsOf(ids: string[]): AsyncGenerator<CorpusVersion> {
  for (let at = 0; at < ids.length; at += BATCH) yield* await readVersions(ids.slice(at, at + BATCH))
}

async function readVersions(ids: string[]): Promise<CorpusVersion[]> {
  const versions = await PolicyVersion.find({ _id: { $in: ids } }, { document: 1 }).lean()
  const documentIds = [...new Set(versions.map(({ document }) => document.toString()))]
  const [documents, timelines, articles] = await Promise.all([
    PolicyDocument.find({ _id: { $in: documentIds } }).lean(),
    timelinesOf(documentIds),
    PolicyArticle.find({ version: { $in: ids } })
      .sort({ version: 1, order: 1 })
      .lean(),
  ])
  return versions.flatMap(({ _id, document }) => {
    const id = _id.toString()
    const face = documents.find(each => each._id.equals(document))
    const period = periodWith(timelines.get(document.toString()) ?? [], id)
    if (face === undefined || period === undefined) return []
    return [
      {
        ...{ key: id, name: face.title, otherNames: face.names.filter(name => name !== face.title) },
        ...{ from: period.from, until: period.until, level: face.level, region: face.region as Region },
        articles: articles.filter(({ version }) => version.equals(_id)).map(asIndexed),
      },
    ]
  })
}

const periodWith = (timeline: Period[], version: string): Period | undefined =>
  timeline.find(({ versions }) => versions.includes(version))

interface StoredArticle {
  _id: Types.ObjectId
  label: string
  path: string[]
  text: string
  columns: string
}

const asIndexed = ({ _id, label, path, text, columns }: StoredArticle) => ({
  key: _id.toString(),
  label,
  heading: path.join(' '),
  text: columns === '' ? text : `${columns}\n${text}`,
})
