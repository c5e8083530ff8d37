import { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { idText } from '../base/mongo.ts'
import type { Level } from './metadata/level.ts'
import type { Region } from './metadata/region.ts'
import { titleKey } from './metadata/title.ts'
import { PolicyArticle, PolicyDocument, PolicyFact, PolicyVersion } from './model.ts'
import { timelinesOf } from './status-service.ts'
import { isConfirmed, periodOn, standingOn, type Ending, type Standing } from './timeline.ts'

/** An article with all that has to be shown beside it. */
export interface CitedArticle {
  id: string
  title: string
  label: string
  path: string[]
  text: string
  columns: string
  documentId: string
  versionId: string
  /** The day of the version the words are from. */
  day: Day | null
  from: Day | null
  until: Day | null
  /** How the version stands on the day that was asked about. */
  standing: Standing
  /** Only then 现行有效 may be said. */
  confirmed: boolean
  ending: Ending | null
  /** A version applied on that day of which the words are not stored. */
  newerMissing: boolean
  /** 收录截至 */
  collectedOn: Day | null
  level: Level
  region: Region
  issuer: string
  number: string
}

/** The articles of these ids, in their order, as they stand on a day. Ids of nothing are left out. */
export async function citedArticles(ids: string[], day: Day): Promise<CitedArticle[]> {
  const articles = await PolicyArticle.find({
    _id: { $in: ids.filter(id => Types.ObjectId.isValid(id)) },
  }).lean()
  const documentIds = [...new Set(articles.map(({ document }) => idText(document)))]
  const [documents, versions, timelines] = await Promise.all([
    PolicyDocument.find({ _id: { $in: documentIds } }).lean(),
    PolicyVersion.find({ _id: { $in: articles.map(({ version }) => version) } }).lean(),
    timelinesOf(documentIds),
  ])
  const found = new Map(
    articles.flatMap(article => {
      const document = documents.find(({ _id }) => _id.equals(article.document))
      const version = versions.find(({ _id }) => _id.equals(article.version))
      if (document === undefined || version === undefined) return []
      const timeline = timelines.get(idText(document._id)) ?? []
      const period = timeline.find(each => each.versions.includes(idText(version._id)))
      const { label, path, text, columns } = article
      const cited: CitedArticle = {
        ...{ id: idText(article._id), title: version.title, label, path, text, columns },
        ...{ documentId: idText(document._id), versionId: idText(version._id), day: version.day ?? null },
        ...{ from: period?.from ?? null, until: period?.until ?? null, ending: period?.ending ?? null },
        // An edition that was replaced is in no period.
        standing: period === undefined ? 'superseded' : standingOn(period, day),
        confirmed: period !== undefined && isConfirmed(period, day),
        newerMissing: periodOn(timeline, day)?.versions.length === 0,
        ...{
          collectedOn: document.collectedOn ?? null,
          level: document.level,
          region: document.region as Region,
        },
        ...{ issuer: version.issuer, number: version.number },
      }
      return [[cited.id, cited] as const]
    }),
  )
  return ids.flatMap(id => found.get(id) ?? [])
}

/** What a status table tells of a document that need not be stored: repealed when, and what took its place. */
export async function endingOfName(
  name: string,
  day: Day,
): Promise<Extract<Ending, { kind: 'repeal' }> | null> {
  const facts = await PolicyFact.find({
    key: titleKey(name),
    event: { $in: ['repealed', 'replaced'] },
  }).lean()
  const past = facts.filter(fact => (fact.from ?? fact.day) <= day).sort((a, b) => (a.day < b.day ? 1 : -1))
  const [last] = past
  return last === undefined ? null : { kind: 'repeal', successor: last.successor, source: last.source }
}
