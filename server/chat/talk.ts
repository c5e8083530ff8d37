import type { ChatAction, ChatState, Chip, MessageBody } from '#shared/chat'
import type { Paper } from '#shared/quiz'
import { nextQuestion } from './next-question.ts'
import { chipWords } from './wording.ts'
import type { Waiting } from './words.ts'

export type QuestionBody = Extract<MessageBody, { type: 'question' }>
/** What concerns one question of one paper. */
export type Tap = Extract<ChatAction, { type: 'answer' | 'dont-know' | 'postpone' }>
export type Answering = Exclude<Tap, { type: 'postpone' }>

/** Where a conversation stands. Which question is open in a paper is the quiz's to know; this is what was shown. */
export interface Talk {
  /** The paper being worked through; with nothing open, the next question waits for 下一题. */
  paper: { id: string; kind: Paper['kind'] } | null
  /** The question shown last, waiting for an answer. */
  open: QuestionBody | null
  /** The day's paper; empty before the first day. */
  today: string
  /** How far the day's paper is. */
  daily: 'new' | 'begun' | 'done'
  /** What the wrong book had to offer when it was shown just now. */
  offer: { due: number; total: number } | null
}

/** How far a day's paper is. */
export function progressOf(paper: Paper): Talk['daily'] {
  if (paper.done || paper.questions.length === 0) return 'done'
  return paper.questions.some(question => question.answered) ? 'begun' : 'new'
}

/** A day begins: what was open the day before is over. */
export const newDay = (paper: Paper): Talk => ({
  paper: null,
  open: null,
  today: paper.id,
  daily: progressOf(paper),
  offer: null,
})

/** The conversation after the next question of `paper` is shown, or undefined when nothing in it is left. */
export function ask(talk: Talk, paper: Paper, skipped?: string): (Talk & { open: QuestionBody }) | undefined {
  const next = nextQuestion(paper, skipped)
  if (!next) return undefined
  const { question, number, round, reason } = next
  const place = { id: paper.id, kind: paper.kind }
  const open: QuestionBody = {
    type: 'question',
    paper: paper.id,
    kind: paper.kind,
    question,
    number,
    of: paper.questions.length,
    round,
    reason,
  }
  return { ...talk, paper: place, open, daily: dailyAfter(talk, paper), offer: null }
}

/** How far the day's paper is once `paper` has come to where it is; other papers say nothing about it. */
export const dailyAfter = (talk: Talk, paper: Paper): Talk['daily'] => {
  if (paper.id !== talk.today) return talk.daily
  return paper.done ? 'done' : 'begun'
}

/** True when the tap is about the question that is open, in its round. */
export const isAbout = ({ open }: Talk, tap: Tap): boolean =>
  open !== null &&
  open.paper === tap.paper &&
  open.question.id === tap.question &&
  (tap.type === 'postpone' || open.round === tap.round)

/** The open question as the reading of words needs it. */
export const waitingOf = ({ open }: Talk): Waiting | null =>
  open && { paper: open.paper, round: open.round, question: open.question }

/** What the page shows beside the messages. */
export const stateOf = (talk: Talk): ChatState => ({
  open: talk.open && { paper: talk.open.paper, question: talk.open.question.id, round: talk.open.round },
  chips: chipsOf(talk),
})

const lesson: Chip = { label: chipWords.lesson, action: { type: 'lesson' } }
const wrongBook: Chip = { label: chipWords.wrongBook, action: { type: 'wrong-book' } }
const points: Chip = { label: chipWords.points, action: { type: 'points' } }
const policy: Chip = { label: chipWords.policy, action: { type: 'policy' } }
const help: Chip = { label: chipWords.help, action: { type: 'help' } }
const next: Chip = { label: chipWords.next, action: { type: 'next' } }

function chipsOf(talk: Talk): Chip[] {
  if (talk.open) return [...openChips(talk.open), lesson, help]
  if (talk.offer) return [...offerChips(talk.offer), ...dayChips(talk), lesson, policy, points, help]
  if (talk.paper) return [next, lesson, policy, wrongBook, points, help]
  return [...dayChips(talk), lesson, policy, wrongBook, points, help]
}

function openChips({ paper, question, round }: QuestionBody): Chip[] {
  return [
    { label: chipWords.dontKnow, action: { type: 'dont-know', paper, question: question.id, round } },
    { label: chipWords.postpone, action: { type: 'postpone', paper, question: question.id } },
  ]
}

function offerChips({ due, total }: { due: number; total: number }): Chip[] {
  return [
    ...(due > 0 ? [{ label: chipWords.due, action: { type: 'practise', scope: 'due' } } as const] : []),
    ...(total > 0 ? [{ label: chipWords.wrong, action: { type: 'practise', scope: 'wrong' } } as const] : []),
  ]
}

function dayChips({ paper, daily }: Talk): Chip[] {
  if (paper) return [next]
  if (daily === 'done') return []
  return [{ label: daily === 'new' ? chipWords.begin : chipWords.goOnDaily, action: { type: 'start' } }]
}
