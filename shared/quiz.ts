import * as z from 'zod'
import { LessonCard } from './course.ts'
import type { ApiTable } from './endpoint.ts'
import { Id } from './id.ts'
import { Week } from './points.ts'
import { Question, Solution } from './question.ts'

/** Why a question is in a paper: it came due, it belongs to the lesson of the day, or to a chosen topic. */
export const Reason = z.enum(['review', 'lesson', 'topic'])
export type Reason = z.infer<typeof Reason>

/** A question as it stands in a paper. */
export const PaperQuestion = z.object({
  number: z.int(),
  reason: Reason,
  question: Question,
  /** `open` not answered yet, `missed` to be asked again, `right` worked through. */
  state: z.enum(['open', 'missed', 'right']),
  postponed: z.boolean(),
  /** The round its next answer belongs to: 1 first, 2 after a miss, and so on. */
  round: z.int(),
  /** The latest answer with its solution; null before the first. */
  answered: Solution.extend({ round: z.int(), chosen: z.array(z.string()), correct: z.boolean() }).nullable(),
})
export type PaperQuestion = z.infer<typeof PaperQuestion>

/** Five questions of a day, or an open practice. */
export const Paper = z.object({
  id: Id,
  kind: z.enum(['daily', 'practice']),
  questions: z.array(PaperQuestion),
  /** Every question was worked through to the right answer. */
  done: z.boolean(),
})
export type Paper = z.infer<typeof Paper>

/** What the cadre sees after answering. */
export const Mark = Solution.extend({
  correct: z.boolean(),
  pointsEarned: z.int(),
  /** All points the cadre has after this answer. */
  points: z.int(),
})
export type Mark = z.infer<typeof Mark>

/** Longest text a cadre may fill into one gap. */
const Chosen = z.string().min(1).max(200)

export const quizApi = {
  'GET /today': {
    reply: z.object({
      day: z.iso.date(),
      lesson: LessonCard.nullable(),
      paper: Paper,
      week: Week,
      points: z.object({ total: z.int(), today: z.int(), cap: z.int() }),
    }),
  },
  'POST /quiz/questions/:id/answer': {
    params: z.object({ id: Id }),
    body: z.strictObject({
      /** Option labels, or the texts of the gaps; empty only with `dontKnow`. */
      chosen: z.array(Chosen).max(20),
      /**
       * 1 is the first answer. A later round is open once the one before was answered wrong; the chat asks it at the
       * end of the quiz, a page of its own may ask it earlier.
       */
      round: z.int().min(1).max(20).optional(),
      /** 我猜的 */
      guessed: z.boolean().optional(),
      /** 不会: a wrong answer. */
      dontKnow: z.boolean().optional(),
    }),
    reply: Mark,
  },
  /** 跳过: the question moves behind the others that are open. */
  'POST /quiz/questions/:id/postpone': { params: z.object({ id: Id }), reply: Paper },
  /** 这题有误: reaches the editors, who reply within five working days. */
  'POST /quiz/questions/:id/reports': {
    params: z.object({ id: Id }),
    body: z.strictObject({
      reason: z.enum(['key', 'stem', 'outdated', 'other']),
      text: z.string().trim().max(500).optional(),
    }),
    reply: z.object({ replyBy: z.iso.date() }),
  },
  /** 错题本 */
  'GET /wrong-book': {
    reply: z.object({
      due: z.int(),
      total: z.int(),
      topics: z.array(z.object({ topic: z.string(), total: z.int(), due: z.int() })),
    }),
  },
  'GET /wrong-book/questions': {
    query: z.object({
      topic: z.string().max(60).optional(),
      before: Id.optional(),
      limit: z.coerce.number().int().min(1).max(50).optional(),
    }),
    reply: z.object({
      questions: z.array(
        z.object({
          id: Id,
          question: Question,
          solution: Solution,
          /** How often it was answered wrong or guessed. */
          missed: z.int(),
          /** When it comes back; null once it needs no review. */
          dueOn: z.iso.date().nullable(),
        }),
      ),
      more: z.boolean(),
    }),
  },
  /** Opens a practice of at most five questions; replaces the one that was open. */
  'POST /practice': {
    body: z.strictObject({
      scope: z.enum(['due', 'wrong', 'clause']),
      topic: z.string().max(60).optional(),
      /** For `clause`: whose questions. */
      clause: Id.optional(),
    }),
    reply: Paper,
  },
  /** How many questions rest on a clause (an article of a policy document). */
  'GET /practice/clauses/:id': { params: z.object({ id: Id }), reply: z.object({ questions: z.int() }) },
  'GET /practice': { reply: z.object({ practice: Paper.nullable() }) },
  'GET /topics': {
    reply: z.object({
      topics: z.array(z.object({ topic: z.string(), questions: z.int(), chosen: z.boolean() })),
    }),
  },
  /** The topics from which questions are drawn once reviews and the lesson's own are used; none means all. */
  'PUT /topics': {
    body: z.strictObject({ topics: z.array(z.string().min(1).max(60)).max(50) }),
    reply: z.object({
      topics: z.array(z.object({ topic: z.string(), questions: z.int(), chosen: z.boolean() })),
    }),
  },
} satisfies ApiTable
