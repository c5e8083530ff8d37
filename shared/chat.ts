import * as z from 'zod'
import { LessonCard } from './course.ts'
import type { ApiTable } from './endpoint.ts'
import { Id, MomentText } from './id.ts'
import { Answer } from './policy.ts'
import { Question, Solution } from './question.ts'
import { Reason } from './quiz.ts'

/** The body of a message: a snapshot of what was said or shown, never changed later. */
export const MessageBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('lesson'), lesson: LessonCard }),
  z.object({
    type: z.literal('question'),
    paper: Id,
    kind: z.enum(['daily', 'practice']),
    question: Question,
    number: z.int(),
    of: z.int(),
    round: z.int(),
    reason: Reason,
  }),
  Solution.extend({
    type: z.literal('mark'),
    paper: Id,
    question: Question,
    round: z.int(),
    chosen: z.array(z.string()),
    correct: z.boolean(),
    dontKnow: z.boolean(),
    pointsEarned: z.int(),
  }),
  z.object({
    type: z.literal('summary'),
    kind: z.enum(['daily', 'practice']),
    of: z.int(),
    /** Right at the first answer. */
    right: z.int(),
    /** Missed first and right later in the same quiz. */
    corrected: z.int(),
    points: z.int(),
    /** The points with their causes in one line. */
    story: z.string(),
    /** What comes back and when. */
    returning: z.array(z.object({ day: z.iso.date(), count: z.int() })),
  }),
  /** The answer to a policy question. While it is being written this is completed, once; otherwise a snapshot. */
  Answer.extend({ type: z.literal('answer') }),
  z.object({ type: z.literal('notice'), text: z.string() }),
])
export type MessageBody = z.infer<typeof MessageBody>

export const Message = z.object({
  /** Position in the conversation, from 1 without gaps. */
  seq: z.int(),
  /** Made by whoever wrote it; the same id is stored once. */
  id: z.string(),
  from: z.enum(['rizhi', 'cadre']),
  day: z.iso.date(),
  at: MomentText,
  body: MessageBody,
})
export type Message = z.infer<typeof Message>

/** What a tap says. Every one of them can be typed as well. */
export const ChatAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('next') }),
  z.strictObject({ type: z.literal('lesson') }),
  z.strictObject({ type: z.literal('wrong-book') }),
  z.strictObject({
    type: z.literal('practise'),
    scope: z.enum(['due', 'wrong', 'clause']),
    topic: z.string().max(60).optional(),
    /** For `clause`: whose questions. */
    clause: Id.optional(),
  }),
  /** 问政策: how to ask. */
  z.strictObject({ type: z.literal('policy') }),
  z.strictObject({ type: z.literal('points') }),
  z.strictObject({ type: z.literal('help') }),
  z.strictObject({
    type: z.literal('answer'),
    paper: Id,
    question: Id,
    round: z.int().min(1).max(20),
    chosen: z.array(z.string().min(1).max(200)).min(1).max(20),
    guessed: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('dont-know'), paper: Id, question: Id, round: z.int().min(1).max(20) }),
  z.strictObject({ type: z.literal('postpone'), paper: Id, question: Id }),
])
export type ChatAction = z.infer<typeof ChatAction>

/** A suggestion above the composer. */
export const Chip = z.object({ label: z.string(), action: ChatAction })
export type Chip = z.infer<typeof Chip>

export const ChatState = z.object({
  /** The question waiting for an answer, or null. */
  open: z.object({ paper: Id, question: Id, round: z.int() }).nullable(),
  chips: z.array(Chip),
})
export type ChatState = z.infer<typeof ChatState>

/** One line of the streamed reply. An error after the first line is a last line. */
export const ChatEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: Message }),
  z.object({ type: z.literal('state'), state: ChatState }),
  z.object({ type: z.literal('error'), code: z.string(), text: z.string() }),
])
export type ChatEvent = z.infer<typeof ChatEvent>

/** A position in the conversation, in a query. */
const Seq = z.coerce.number().int().min(0).max(1_000_000_000)

export const chatApi = {
  /**
   * Without `after`: the page before `before`, or the latest one. With `after`: what came after it; when there is
   * nothing yet, the call is held open for up to `wait` seconds (25 unless told).
   */
  'GET /chat/messages': {
    query: z.object({
      before: Seq.optional(),
      after: Seq.optional(),
      wait: z.coerce.number().int().min(0).max(25).optional(),
      limit: z.coerce.number().int().min(1).max(50).optional(),
    }),
    reply: z.object({ messages: z.array(Message), more: z.boolean(), state: ChatState }),
  },
  /** Says or does something. `id` is made by the client, so that sending twice says it once. */
  'POST /chat/messages': {
    body: z.union([
      z.strictObject({ id: z.string().min(8).max(64).optional(), text: z.string().min(1).max(20_000) }),
      z.strictObject({ id: z.string().min(8).max(64).optional(), action: ChatAction }),
    ]),
    events: ChatEvent,
  },
} satisfies ApiTable
