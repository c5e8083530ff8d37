import type { ChatState, Message, MessageBody } from '#shared/chat'
import type { Answer } from '#shared/policy'

/** The body of one kind of message. */
export type Body<T extends MessageBody['type']> = Extract<MessageBody, { type: T }>

/** One question in one round: what a question, its mark and an open state have in common. */
export const answerKey = (paper: string, question: string, round: number): string =>
  `${paper}/${question}/${round}`

/** The conversation as far as it is known here. */
export interface Log {
  /** In the order of `seq`, without gaps between the first and the last. */
  messages: Message[]
  /** Whether there are older ones on the server. */
  more: boolean
  state: ChatState
}

/** Nothing known yet. */
export const emptyLog: Log = { messages: [], more: false, state: { open: null, chips: [] } }

/** Adds messages by position; what is already known stays as it is. */
export function merged(known: Message[], incoming: Message[]): Message[] {
  const seen = new Set(known.map(message => message.seq))
  const fresh = incoming.filter(message => !seen.has(message.seq))
  if (fresh.length === 0) return known
  return [...known, ...fresh].sort((a, b) => a.seq - b.seq)
}

/** The position after which news is asked for. */
export const lastSeq = ({ messages }: Log): number => messages[messages.length - 1]?.seq ?? 0

/** The marks in the log by question and round. */
export function marksOf(messages: Message[]): Map<string, Body<'mark'>> {
  const marks = new Map<string, Body<'mark'>>()
  for (const { body } of messages) {
    if (body.type === 'mark') marks.set(answerKey(body.paper, body.question.id, body.round), body)
  }
  return marks
}

/** Whether the same question is shown again further down, after a detour. */
export const shownAgain = (
  messages: Message[],
  seq: number,
  { paper, question, round }: Body<'question'>,
): boolean =>
  messages.some(
    ({ seq: later, body }) =>
      later > seq &&
      body.type === 'question' &&
      body.paper === paper &&
      body.question.id === question.id &&
      body.round === round,
  )

/** Whether this is the first daily quiz that was ever finished; unknown, and so not, while older messages are not known. */
export const isFirstFinished = ({ messages, more }: Log, seq: number): boolean =>
  !more && messages.find(({ body }) => body.type === 'summary' && body.kind === 'daily')?.seq === seq

/** Position of the message that shows the open question: the latest one, when it was shown again. */
export function openAt({ messages, state }: Log): number | null {
  const { open } = state
  if (!open) return null
  let shown: number | null = null
  for (const { seq, body } of messages) {
    const same = body.type === 'question' && body.paper === open.paper && body.question.id === open.question
    if (same && body.round === open.round) shown = seq
  }
  return shown
}

/** The answers in the log that were being written when they were last heard of. */
export const writingIn = (messages: Message[]): string[] =>
  messages.flatMap(({ body }) => (body.type === 'answer' && body.writing ? [body.id] : []))

/** The messages with a finished answer in the place of its beginning. */
export const completed = (messages: Message[], answer: Answer): Message[] =>
  messages.map(message =>
    message.body.type === 'answer' && message.body.id === answer.id
      ? { ...message, body: { ...answer, type: 'answer' } }
      : message,
  )
