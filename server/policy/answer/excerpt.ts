import { speaksToModel } from './injection.ts'
import { matterPairs } from './matter.ts'
import type { Passage } from './passage.ts'
import { shareIn } from './plain-text.ts'
import { sentencesOfClause, type Span } from './sentence.ts'

/** What is quoted of a clause. */
type Quotable = Pick<Passage, 'title' | 'label' | 'path' | 'text'>

/** A clause as it is shown: its own words, nothing added, with what matches the question marked. */
export interface Excerpt {
  /** Its place among the passages, from 1. */
  number: number
  marked: Span[]
}

/** An answer without a model: clauses, and what they govern. */
export interface ExtractiveAnswer {
  excerpts: Excerpt[]
  /** The clauses by name, for the first line. */
  names: { title: string; label: string }[]
  /** The headings they stand under, for the second line; where none has one, the words they begin with. */
  subjects: { of: 'headings' | 'openings'; words: string[] }
}

const MOST_EXCERPTS = 3
const MOST_MARKED = 2
/** A further sentence is marked when it matches this much of what the best one does. */
const NEAR_BEST = 0.8
const MOST_SUBJECTS = 3
const OPENING = /^[^，。；：,\n]{2,40}/
/** 第三章, 第二节 and the like before the words of a heading. */
const RANK = /^第[^\s　]{1,6}[编章节]\s*|^[一二三四五六七八九十]+、\s*/

/** The best clauses with the sentences that match the question. */
export function extractiveAnswer(question: string, passages: readonly Quotable[]): ExtractiveAnswer {
  const pairs = matterPairs(question)
  const chosen = passages.slice(0, MOST_EXCERPTS)
  return {
    excerpts: chosen.map(({ text }, at) => ({ number: at + 1, marked: markedIn(text, pairs) })),
    names: chosen.map(({ title, label }) => ({ title, label })),
    subjects: subjectsOf(chosen),
  }
}

/** The sentences that match best, in their order; none where nothing matches, and none that speaks to a model. */
export function markedIn(text: string, pairs: readonly string[]): Span[] {
  const spans = sentencesOfClause(text).filter(({ from, to }) => !speaksToModel(text.slice(from, to)))
  const scored = spans.map(span => ({ span, share: shareIn(pairs, text.slice(span.from, span.to)) }))
  const best = Math.max(0, ...scored.map(({ share }) => share))
  if (best === 0) return []
  return scored
    .filter(({ share }) => share >= best * NEAR_BEST)
    .sort((a, b) => b.share - a.share || a.span.from - b.span.from)
    .slice(0, MOST_MARKED)
    .map(({ span }) => span)
    .sort((a, b) => a.from - b.from)
}

function subjectsOf(passages: readonly Quotable[]): ExtractiveAnswer['subjects'] {
  const headings = passages.flatMap(({ path }) => path.at(-1)?.replace(RANK, '').trim() ?? [])
  const named = [...new Set(headings.filter(heading => heading !== ''))]
  if (named.length > 0) return { of: 'headings', words: named.slice(0, MOST_SUBJECTS) }
  const openings = passages.flatMap(({ text }) => OPENING.exec(text.trim())?.[0] ?? [])
  return { of: 'openings', words: [...new Set(openings)].slice(0, MOST_SUBJECTS) }
}
