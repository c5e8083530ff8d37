import type { Types } from 'mongoose'
import type { Day } from '#shared/day'
import type { Level } from './metadata/level.ts'
import type { Region } from './metadata/region.ts'
import { PolicyArticle, PolicyDocument, PolicyFact, PolicyVersion } from './model.ts'
import { timelinesOf } from './status-service.ts'
import { lastUse } from './timeline.ts'

/** What a search index keeps of one live version; of a law in several files each part by itself. */
export interface VersionFace {
  /** The id of the version. */
  key: string
  name: string
  /** Short and former names. */
  otherNames: string[]
  /** Days from which and before which it is the latest text at hand; null where unknown or without end. */
  from: Day | null
  until: Day | null
  level: Level
  region: Region
}

/** One live version as a search index takes it in. */
export interface CorpusVersion extends VersionFace {
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

/** The faces of versions, a few at a time: what changes without a new text when a status table is imported. */
export async function* facesOf(ids: string[]): AsyncGenerator<VersionFace> {
  for (let at = 0; at < ids.length; at += BATCH) yield* await readFaces(ids.slice(at, at + BATCH))
}

async function readVersions(ids: string[]): Promise<CorpusVersion[]> {
  const [faces, articles] = await Promise.all([
    readFaces(ids),
    PolicyArticle.find({ version: { $in: ids } })
      .sort({ version: 1, order: 1 })
      .lean(),
  ])
  const byVersion = new Map<string, CorpusVersion['articles']>(faces.map(({ key }) => [key, []]))
  for (const article of articles) byVersion.get(article.version.toString())?.push(asIndexed(article))
  return faces.map(face => ({ ...face, articles: byVersion.get(face.key) ?? [] }))
}

async function readFaces(ids: string[]): Promise<VersionFace[]> {
  const versions = await PolicyVersion.find({ _id: { $in: ids } }, { document: 1 }).lean()
  const documentIds = [...new Set(versions.map(({ document }) => document.toString()))]
  const [documents, timelines] = await Promise.all([
    PolicyDocument.find({ _id: { $in: documentIds } }).lean(),
    timelinesOf(documentIds),
  ])
  return versions.flatMap(({ _id, document }) => {
    const key = _id.toString()
    const stored = documents.find(each => each._id.equals(document))
    const timeline = timelines.get(document.toString()) ?? []
    const period = timeline.find(({ versions: texts }) => texts.includes(key))
    if (stored === undefined || period === undefined) return []
    const { title, names, level } = stored
    return [
      {
        ...{ key, name: title, otherNames: names.filter(name => name !== title) },
        ...{ from: period.from, until: lastUse(timeline, period), level, region: stored.region as Region },
      },
    ]
  })
}

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
