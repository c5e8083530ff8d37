import type { Day } from '#shared/day'
import type { Clause } from '#shared/policy'
import {
  excerptAnswer,
  hasWords,
  helpless,
  refusal,
  reviewedAnswer,
  type Said,
  together,
} from './answer/composing.ts'
import { endedWords, newerMissingWords } from './answer/wording.ts'
import { citedArticles, type CitedArticle } from './citation-service.ts'
import { clauseOf } from './clause.ts'
import { findEvidence, type Finders, type Finding, type Sought } from './finding-service.ts'
import { reviewedAnswerFor } from './reviewed-service.ts'

/** What a question comes to before any model is asked. */
export type Considered =
  /** Nothing more has to be written: a refusal, or what a person answered. */
  | { settled: true; said: Said; item: string | null }
  /** Clauses that answer it; as excerpts they are an answer already. */
  | { settled: false; clauses: Clause[]; notice: string; said: Said }

/** Looks for what a person answered before, then for clauses; without evidence it says so. */
export async function consider(sought: Sought, finders: Finders): Promise<Considered> {
  const { question, day, today } = sought
  const reviewed = await reviewedAnswerFor({ question, day })
  if (reviewed) {
    const clauses = await clausesOf(reviewed.clauses, today)
    return { settled: true, said: reviewedAnswer(question, reviewed.lines, clauses), item: reviewed.item }
  }
  if (!hasWords(question)) return { settled: true, said: helpless('no-words'), item: null }
  const finding = await findEvidence(sought, finders)
  const notice = noticeOf(finding)
  if (!finding.verdict.answer) {
    const empty = finders.search.articles() === 0
    const said = empty ? helpless('nothing-stored') : refusal(finding.verdict, notice)
    return { settled: true, said, item: null }
  }
  const clauses = finding.passages.map(clauseOf)
  return { settled: false, clauses, notice, said: excerptAnswer(question, clauses, notice) }
}

/** Articles by their ids as pages are given them, as they stand on a day. */
export const clausesOf = async (ids: string[], day: Day): Promise<Clause[]> =>
  (await citedArticles(ids, day)).map(clauseOf)

function noticeOf({ passages, ended }: Finding): string {
  const outdated = [...new Set(passages.filter(isOutdated).map(({ title }) => title))]
  return together(...ended.map(endedWords), outdated.length === 0 ? '' : newerMissingWords(outdated))
}

const isOutdated = ({ standing, newerMissing }: CitedArticle): boolean =>
  standing === 'superseded' && newerMissing
