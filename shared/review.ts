import * as z from 'zod'
import type { ApiTable } from './endpoint.ts'
import { Id, MomentText } from './id.ts'
import { Clause, FeedbackReason } from './policy.ts'
import { Question, Solution } from './question.ts'

/** Why a question came before a person. */
export const ReviewCause = z.enum(['unanswered', 'disliked', 'sensitive'])
export type ReviewCause = z.infer<typeof ReviewCause>

export const ReviewState = z.enum(['open', 'drafted', 'published', 'closed', 'suspended'])
export type ReviewState = z.infer<typeof ReviewState>

/** A question that waits for a person, or that a person answered. It never tells who asked. */
export const ReviewItem = z.object({
  id: Id,
  question: z.string(),
  state: ReviewState,
  causes: z.array(ReviewCause),
  reasons: z.array(FeedbackReason),
  /** How often it was asked with the same meaning. */
  times: z.int(),
  lastAt: MomentText,
  /** What was given as an answer, for a disliked one. */
  given: z.array(z.string()),
  /** The person's answer, as a draft or published; null before. */
  answer: z
    .object({
      lines: z.array(z.string()),
      clauses: z.array(Clause),
      author: z.string(),
      /** Written by the one who looks: somebody else has to publish it. */
      own: z.boolean(),
      reviewer: z.string().nullable(),
      at: MomentText,
    })
    .nullable(),
  /** Why it is suspended, in words; '' otherwise. */
  trouble: z.string(),
})
export type ReviewItem = z.infer<typeof ReviewItem>

/** What stopped because a clause changed, and waits for an editor. */
export const Alarm = z.object({
  id: Id,
  subject: z.enum(['question', 'answer']),
  /** The question of the bank, or the review item. */
  ref: Id,
  what: z.string(),
  /** Law, article and what happened, in words. */
  why: z.string(),
  at: MomentText,
})

const ById = z.object({ id: Id })
const editors = { for: ['editor', 'reviewer', 'admin'] } as const
const reviewers = { for: ['reviewer', 'admin'] } as const

export const reviewApi = {
  'GET /review/items': {
    ...editors,
    query: z.object({ state: ReviewState.optional(), before: Id.optional() }),
    reply: z.object({
      items: z.array(ReviewItem),
      more: z.boolean(),
      counts: z.object({
        open: z.int(),
        drafted: z.int(),
        published: z.int(),
        suspended: z.int(),
        alarms: z.int(),
      }),
    }),
  },
  'GET /review/items/:id': {
    ...editors,
    params: ById,
    reply: z.object({ item: ReviewItem, suggested: z.array(Clause) }),
  },
  /** Clauses for an editor to rest an answer on. */
  'GET /review/clauses': {
    ...editors,
    query: z.object({ text: z.string().trim().min(1).max(200) }),
    reply: z.object({ clauses: z.array(Clause) }),
  },
  /** Writes or corrects the answer; it is a draft until somebody else publishes it. Each line may cite clauses as [1]. */
  'PUT /review/items/:id/answer': {
    ...editors,
    params: ById,
    body: z.strictObject({
      lines: z.array(z.string().trim().min(1).max(500)).min(1).max(12),
      clauses: z.array(Id).min(1).max(10),
    }),
    reply: z.object({ item: ReviewItem }),
  },
  /** Publishes a draft of somebody else; it wins from then on, and those who asked are told. */
  'POST /review/items/:id/publish': { ...reviewers, params: ById, reply: z.object({ item: ReviewItem }) },
  /** Closes a question that needs no answer, with the reason. */
  'POST /review/items/:id/close': {
    ...editors,
    params: ById,
    body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
    reply: z.object({ item: ReviewItem }),
  },
  /** 法变题停: what was stopped and waits. */
  'GET /review/alarms': { ...editors, reply: z.object({ alarms: z.array(Alarm) }) },
  /** The editor looked: what rests on the clause is right as it is and goes on, or stays retired. */
  'POST /review/alarms/:id/settle': {
    ...reviewers,
    params: ById,
    body: z.strictObject({ resume: z.boolean() }),
  },
} satisfies ApiTable

/** Quiz questions made of reviewed answers. */
export const reviewQuestionApi = {
  /** Makes a quiz question that rests on the clauses of a published answer: a draft. */
  'POST /review/items/:id/question': {
    ...editors,
    params: ById,
    body: z.strictObject({
      type: z.enum(['single', 'multiple', 'judge']),
      topic: z.string().trim().min(1).max(60),
      stem: z.string().trim().min(4).max(500),
      options: z
        .array(z.strictObject({ text: z.string().trim().min(1).max(200), why: z.string().trim().max(200) }))
        .max(6),
      /** Labels of the right options, A first. */
      key: z
        .array(z.string().regex(/^[A-F]$/))
        .min(1)
        .max(6),
      explanation: z.string().trim().min(4).max(120),
    }),
    reply: z.object({ question: Id }),
  },
  /** Questions of the bank that wait for somebody other than their author. */
  'GET /review/questions': {
    ...editors,
    reply: z.object({
      questions: z.array(
        Question.extend(Solution.shape).extend({ own: z.boolean(), suspended: z.boolean() }),
      ),
    }),
  },
  'POST /review/questions/:id/publish': { ...reviewers, params: ById },
  'POST /review/questions/:id/retire': { ...editors, params: ById },
} satisfies ApiTable
