import type { Answer, Cited, Clause } from '#shared/policy'
import { type Authorship, authorshipOf } from './authorship.ts'
import { asksHow } from './checklist.ts'
import { extractiveAnswer, markedIn } from './excerpt.ts'
import type { Verdict } from './gate.ts'
import { matterPairs } from './matter.ts'
import { speaksToModel } from './injection.ts'
import {
  authorshipWords,
  copyLine,
  extractiveLines,
  NO_WORDS,
  NOTHING_STORED,
  refusalWords,
} from './wording.ts'

/** What an answer says; whose it is and to what question is added by whoever keeps it. */
export type Said = Omit<Answer, 'id' | 'question' | 'understood' | 'asOf'>

const NOTHING: Said = {
  ...{ writing: false, by: null, label: '', copyLine: '', lines: [], notice: '', clauses: [] },
  ...{ refused: false, checklist: false },
}

const bearing = (by: Authorship): Pick<Said, 'by' | 'label' | 'copyLine'> => ({
  by,
  label: authorshipWords[by],
  copyLine: copyLine(by),
})

/** The clauses of an answer by their numbers, each with the sentences marked that match the question. */
function citedOf(question: string, clauses: readonly Clause[], numbers: readonly number[]): Cited[] {
  const pairs = matterPairs(question)
  return numbers.flatMap(number => {
    const clause = clauses[number - 1]
    return clause ? [{ ...clause, number, marked: markedIn(clause.text, pairs) }] : []
  })
}

const isHowTo = (question: string, clauses: readonly Clause[]): boolean =>
  asksHow(question) && clauses.some(({ standing }) => standing === 'in-force')

/** There is no evidence: it says so, and what happens next. */
export function refusal(verdict: Extract<Verdict, { answer: false }>, notice: string): Said {
  return { ...NOTHING, refused: true, lines: [refusalWords(verdict.reason, verdict.names)], notice }
}

/** Nothing could be looked for: there are no documents, or no words in the question. */
export const helpless = (why: 'nothing-stored' | 'no-words'): Said => ({
  ...NOTHING,
  refused: true,
  lines: [why === 'no-words' ? NO_WORDS : NOTHING_STORED],
})

/** The best clauses in their own words. */
export function excerptAnswer(question: string, clauses: readonly Clause[], notice: string): Said {
  const extractive = extractiveAnswer(question, clauses)
  return {
    ...NOTHING,
    ...bearing(authorshipOf({ reviewed: false, modelSentences: 0 })),
    lines: extractiveLines(extractive),
    notice,
    clauses: citedOf(
      question,
      clauses,
      extractive.excerpts.map(({ number }) => number),
    ),
    checklist: isHowTo(question, clauses),
  }
}

/** What a person wrote and another one published. */
export function reviewedAnswer(question: string, lines: readonly string[], clauses: readonly Clause[]): Said {
  return {
    ...NOTHING,
    ...bearing('reviewed'),
    lines: [...lines],
    clauses: citedOf(
      question,
      clauses,
      clauses.map((_, at) => at + 1),
    ),
    checklist: isHowTo(question, clauses),
  }
}

/** A model is about to write; the clauses it was given stand there already. */
export const beginning = (question: string, clauses: readonly Clause[], notice: string): Said => ({
  ...NOTHING,
  writing: true,
  notice,
  clauses: citedOf(
    question,
    clauses,
    clauses.map((_, at) => at + 1),
  ),
})

/** What a model wrote, with the clauses it cites. */
export function writtenAnswer(
  question: string,
  { text, cites }: { text: string; cites: readonly number[] },
  clauses: readonly Clause[],
  notice: string,
): Said {
  return {
    ...NOTHING,
    ...bearing('model'),
    lines: [text],
    notice,
    clauses: citedOf(question, clauses, cites),
    checklist: isHowTo(question, clauses),
  }
}

/** Whether there is anything in a question that can be looked for: words, and not only such as speak to a model. */
export const hasWords = (question: string): boolean => {
  const words = question.normalize('NFKC').match(/\p{L}/gu)?.length ?? 0
  return words >= 2 && !(speaksToModel(question) && matterPairs(question).length === 0)
}

/** Several remarks as one. */
export const together = (...remarks: string[]): string => remarks.filter(remark => remark !== '').join(' ')
