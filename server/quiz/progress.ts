import type { Paper, PaperQuestion } from '#shared/quiz'
import type { BankQuestion } from '../question/service.ts'
import { questionShown, solutionShown } from './shown.ts'

/** What the state of a question in a paper is told by. */
export interface Answered {
  question: string
  round: number
  chosen: string[]
  /** The mark as it stands now, after any correction. */
  correct: boolean
}

/** The mark of an attempt as it stands after any correction. */
export const markNow = (attempt: {
  correct: boolean
  regraded?: { correct: boolean } | undefined
}): boolean => attempt.regraded?.correct ?? attempt.correct

/** A paper as it is stored, with ids as texts. */
export interface PaperFacts {
  id: string
  kind: 'daily' | 'practice'
  questions: {
    question: string
    number: number
    reason: PaperQuestion['reason']
    postponedAt: Date | null
  }[]
}

/** Where a question of a paper stands: its state, and the round its next answer belongs to. */
export function stateOf(
  attempts: readonly Pick<Answered, 'round' | 'correct'>[],
): Pick<PaperQuestion, 'state' | 'round'> {
  const last = Math.max(0, ...attempts.map(({ round }) => round))
  if (last === 0) return { state: 'open', round: 1 }
  return attempts.some(({ correct }) => correct)
    ? { state: 'right', round: last }
    : { state: 'missed', round: last + 1 }
}

/** True when every question of a paper was worked through to the right answer. */
export const isDone = (
  questions: readonly string[],
  attempts: readonly Pick<Answered, 'question' | 'correct'>[],
): boolean => questions.every(id => attempts.some(({ question, correct }) => question === id && correct))

/** When a paper was worked through: with the first right answer to the last of its questions. Null while it is not. */
export function finishedAt(
  questions: readonly string[],
  attempts: readonly { question: string; correct: boolean; at: Date }[],
): Date | null {
  const firsts = questions.map(id => {
    const right = attempts.filter(({ question, correct }) => question === id && correct)
    return Math.min(...right.map(({ at }) => at.getTime()))
  })
  const last = Math.max(...firsts)
  return Number.isFinite(last) ? new Date(last) : null
}

/**
 * The paper as its cadre sees it, in the order it is asked: by number, postponed ones behind the others in the order
 * they were postponed. Solutions are there only for what was answered. Questions the bank lost are left out.
 */
export function paperShown(
  paper: PaperFacts,
  bank: ReadonlyMap<string, BankQuestion>,
  attempts: readonly Answered[],
): Paper {
  const moved = (item: PaperFacts['questions'][number]) => item.postponedAt?.getTime() ?? 0
  const questions = [...paper.questions]
    .sort((a, b) => moved(a) - moved(b) || a.number - b.number)
    .flatMap(item => {
      const question = bank.get(item.question)
      return question ? [placeShown(item, question, attempts)] : []
    })
  return {
    id: paper.id,
    kind: paper.kind,
    questions,
    done: questions.every(({ state }) => state === 'right'),
  }
}

function placeShown(
  item: PaperFacts['questions'][number],
  question: BankQuestion,
  attempts: readonly Answered[],
): PaperQuestion {
  const own = attempts.filter(attempt => attempt.question === item.question)
  const latest = own.reduce<Answered | null>(
    (last, one) => (last && last.round > one.round ? last : one),
    null,
  )
  return {
    number: item.number,
    reason: item.reason,
    question: questionShown(question),
    ...stateOf(own),
    postponed: item.postponedAt !== null,
    answered: latest && {
      ...solutionShown(question),
      round: latest.round,
      chosen: latest.chosen,
      correct: latest.correct,
    },
  }
}

/** How a paper went, counted by questions. */
export interface Result {
  of: number
  /** Right at the first answer. */
  right: number
  /** Missed first and right later in the same quiz. */
  corrected: number
}

/** The result of a paper so far. */
export function resultOf(questions: readonly string[], attempts: readonly Answered[]): Result {
  const rightAt = (id: string, first: boolean) =>
    attempts.some(({ question, round, correct }) => question === id && correct && (round === 1) === first)
  return {
    of: questions.length,
    right: questions.filter(id => rightAt(id, true)).length,
    corrected: questions.filter(id => !rightAt(id, true) && rightAt(id, false)).length,
  }
}
