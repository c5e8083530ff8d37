import { type Day, dayOf } from '#shared/day'
import type { ArticleLine } from '#shared/policy'
import { AppError } from '../base/errors.ts'
import { idText } from '../base/mongo.ts'
import { levelWords, standingWords } from './answer/wording.ts'
import { citedArticles } from './citation-service.ts'
import { clauseOf } from './clause.ts'
import { articlesLabelled, lookUp } from './lookup-service.ts'
import { labelsIn } from './metadata/cited-label.ts'
import { PolicyArticle, PolicyDocument, PolicyVersion } from './model.ts'

/** Articles before and behind the one in view. */
const AROUND = 8
const PAGE = 20

/** A clause in its law: the articles around it and the versions of the law. Fails with `not-found`. */
export async function clausePage(id: string, now: Date) {
  const today = dayOf(now)
  const [cited] = await citedArticles([id], today)
  if (!cited) throw new AppError('not-found', { id })
  const [document, place] = await Promise.all([
    PolicyDocument.findById(cited.documentId).lean(),
    PolicyArticle.findById(id, { order: 1 }).lean(),
  ])
  const at = place?.order ?? 0
  const [before, after, versions] = await Promise.all([
    articlesOf({ version: cited.versionId, before: at, limit: AROUND }),
    articlesOf({ version: cited.versionId, after: at - 1, limit: AROUND + 1 }),
    versionsOfTitle(document?.title ?? cited.title, cited.documentId, today),
  ])
  return {
    clause: clauseOf(cited),
    file: {
      ...{ id: cited.documentId, title: document?.title ?? cited.title, issuer: cited.issuer },
      ...{ number: cited.number, level: levelWords(cited), collectedOn: cited.collectedOn },
    },
    version: cited.versionId,
    versions,
    articles: [...before.articles, ...after.articles],
    moreBefore: before.more,
    moreAfter: after.more,
  }
}

async function versionsOfTitle(title: string, documentId: string, today: Day) {
  const document = (await lookUp(title, today)).find(({ id }) => id === documentId)
  return (document?.versions ?? []).map(({ versions, day, from, until, standing, confirmed }) => ({
    ...{ id: versions[0] ?? null, day, from, until, standing },
    status: standingWords({ standing, confirmed, collectedOn: document?.collectedOn ?? null }),
  }))
}

export interface Reading {
  version: string
  before?: number | undefined
  after?: number | undefined
  limit?: number | undefined
}

/**
 * Articles of a version in order: those before a place or behind it; from the beginning where none is given. Fails
 * with `not-found`.
 */
export async function articlesOf({ version, before, after = -1, limit = PAGE }: Reading) {
  const order = before === undefined ? { $gt: after } : { $lt: before }
  const found = await PolicyArticle.find({ version, order })
    .sort({ order: before === undefined ? 1 : -1 })
    .limit(limit + 1)
    .lean()
  if (found.length === 0 && !(await PolicyVersion.exists({ _id: version })))
    throw new AppError('not-found', { version })
  const articles = found
    .slice(0, limit)
    .map(({ _id, label, path, text, columns, order: place }): ArticleLine => ({
      ...{ id: idText(_id), label, path, text, columns, order: place },
    }))
  return { articles: before === undefined ? articles : articles.reverse(), more: found.length > limit }
}

/** The clause that a source names, in the version that applies or applied last; null where it is not stored. */
export async function clauseOfSource(
  { law, article = '' }: { law: string; article?: string | undefined },
  now: Date,
) {
  const today = dayOf(now)
  const name = law.replace(/[《》]/g, '')
  const [document] = await lookUp(name, today)
  const versions = (document?.versions ?? []).filter(each => each.versions.length > 0)
  const current = versions.find(({ standing }) => standing === 'in-force') ?? versions.at(-1)
  if (!current) return { clause: null }
  const [label] = labelsIn(article)
  if (label !== undefined) {
    const [found] = await articlesLabelled(current.versions, label)
    return { clause: found ?? null }
  }
  const first = await PolicyArticle.findOne({ version: { $in: current.versions } }, { _id: 1 })
    .sort({ version: 1, order: 1 })
    .lean()
  return { clause: first ? idText(first._id) : null }
}
