import * as z from 'zod'
import type { ApiTable } from './endpoint.ts'
import { Id, MomentText } from './id.ts'

/** How the version a clause is from stands on the day that was asked about. */
export const Standing = z.enum(['not-yet', 'in-force', 'superseded', 'repealed'])
export type Standing = z.infer<typeof Standing>

/** A stretch of a text, from a character to before another. */
const Span = z.object({ from: z.int(), to: z.int() })

/** A clause (条, or a passage of a text that has none) as it is shown: its own words and how it stands. */
export const Clause = z.object({
  id: Id,
  /** The law or document, without book marks. */
  title: z.string(),
  /** 第五十二条; '' for a passage without a number. */
  label: z.string(),
  /** The headings above it. */
  path: z.array(z.string()),
  /** One line a paragraph (款) or item (项). */
  text: z.string(),
  /** The head of the table it is a part of; '' without. */
  columns: z.string(),
  /** The day of the version its words are from; null where nothing tells. */
  day: z.iso.date().nullable(),
  standing: Standing,
  /** How it stands in words, with 收录截至: 状态未核实，收录截至 2026-11-01. */
  status: z.string(),
  /** 效力层级 and region in words: 法律, 地方性法规 · 湖南省. */
  level: z.string(),
})
export type Clause = z.infer<typeof Clause>

/** A clause below an answer. */
export const Cited = Clause.extend({
  /** What [1] in the answer means. */
  number: z.int(),
  /** The sentences that match the question. */
  marked: z.array(Span),
})
export type Cited = z.infer<typeof Cited>

export const Authorship = z.enum(['model', 'excerpt', 'reviewed'])
export type Authorship = z.infer<typeof Authorship>

/** The answer to a policy question as it stands. */
export const Answer = z.object({
  id: Id,
  /** As it was stored: personal numbers and names masked. */
  question: z.string(),
  /** The whole question that a follow-up was understood as; '' where it was taken as it is. */
  understood: z.string(),
  /** The day that was asked about in words, 按 2015-06-30 的规定; '' for today. */
  asOf: z.string(),
  /** Being written by a model; `GET /policy/answers/:id/follow` tells how it goes on. */
  writing: z.boolean(),
  /** Whose words they are; null for a refusal and while nothing is written. */
  by: Authorship.nullable(),
  /** The label: AI生成, 原文摘录, 人工审核; '' where `by` is null. */
  label: z.string(),
  /** What is added when it is copied; '' unless a model wrote it. */
  copyLine: z.string(),
  /** Paragraphs. Numbers in square brackets are those of `clauses`. */
  lines: z.array(z.string()),
  /** Why it is not as one would expect: a limit, a failure, a repeal; '' without. */
  notice: z.string(),
  clauses: z.array(Cited),
  /** There is no evidence: `lines` say so and what happens next. */
  refused: z.boolean(),
  /** It can be opened as a checklist (办事清单). */
  checklist: z.boolean(),
})
export type Answer = z.infer<typeof Answer>

export const FeedbackReason = z.enum(['wrong', 'outdated', 'not-my-question', 'unclear', 'other'])
export type FeedbackReason = z.infer<typeof FeedbackReason>
export const Feedback = z.object({
  useful: z.boolean(),
  reason: FeedbackReason.nullable(),
})

/** One line of an answer that is being written. */
export const AnswerEvent = z.discriminatedUnion('type', [
  /** Everything that was written and checked so far, in place of what came before. */
  z.object({ type: z.literal('written'), text: z.string() }),
  /** The last line: the answer is done. */
  z.object({ type: z.literal('answer'), answer: Answer }),
  z.object({ type: z.literal('error'), code: z.string(), text: z.string() }),
])
export type AnswerEvent = z.infer<typeof AnswerEvent>

/** One version of a document in the list of its versions. */
export const VersionLine = z.object({
  /** A text to open; null where the words are not stored. */
  id: Id.nullable(),
  day: z.iso.date().nullable(),
  from: z.iso.date().nullable(),
  until: z.iso.date().nullable(),
  standing: Standing,
  status: z.string(),
})
export type VersionLine = z.infer<typeof VersionLine>

/** An article in the whole text of a version. */
export const ArticleLine = Clause.pick({
  id: true,
  label: true,
  path: true,
  text: true,
  columns: true,
}).extend({
  order: z.int(),
})
export type ArticleLine = z.infer<typeof ArticleLine>

export const PolicyFile = z.object({
  id: Id,
  title: z.string(),
  issuer: z.string(),
  number: z.string(),
  level: z.string(),
  collectedOn: z.iso.date().nullable(),
})

export const policyApi = {
  /** One's own questions, the newest first; `before` is the id of the last one known. */
  'GET /policy/answers': {
    query: z.object({ before: Id.optional(), limit: z.coerce.number().int().min(1).max(50).optional() }),
    reply: z.object({
      answers: z.array(
        Answer.pick({ id: true, question: true, writing: true, label: true, refused: true }).extend({
          at: MomentText,
          feedback: Feedback.nullable(),
          /** A person answered it since. */
          reviewedSince: z.boolean(),
        }),
      ),
      more: z.boolean(),
    }),
  },
  'GET /policy/answers/:id': {
    params: z.object({ id: Id }),
    reply: z.object({
      answer: Answer,
      at: MomentText,
      feedback: Feedback.nullable(),
      reviewed: Answer.nullable(),
    }),
  },
  /** How an answer goes on, from any device and after a lost connection. One that is done is told at once. */
  'GET /policy/answers/:id/follow': { params: z.object({ id: Id }), events: AnswerEvent },
  'POST /policy/answers/:id/stop': { params: z.object({ id: Id }) },
  'PUT /policy/answers/:id/feedback': {
    params: z.object({ id: Id }),
    body: z.strictObject({
      useful: z.boolean(),
      reason: FeedbackReason.optional(),
      text: z.string().trim().max(300).optional(),
    }),
  },
  /** 办事清单: what the clauses set out as steps, deadlines counted from `start` (today unless told). */
  'GET /policy/answers/:id/checklist': {
    params: z.object({ id: Id }),
    query: z.object({ start: z.iso.date().optional() }),
    reply: z.object({
      question: z.string(),
      start: z.iso.date(),
      steps: z.array(
        z.object({
          words: z.string(),
          stage: z.string(),
          /** The clause it is from, by number. */
          cites: z.int(),
          deadlines: z.array(z.string()),
        }),
      ),
      clauses: z.array(Cited),
    }),
  },
  /** One's own questions and answers as a text to keep, with every label that copies must bear. */
  'GET /policy/export': { reply: z.object({ name: z.string(), text: z.string() }) },

  /** A clause in its law: the articles around it, and the versions of the law. */
  'GET /policy/clauses/:id': {
    params: z.object({ id: Id }),
    reply: z.object({
      clause: Clause,
      file: PolicyFile,
      version: Id,
      versions: z.array(VersionLine),
      articles: z.array(ArticleLine),
      moreBefore: z.boolean(),
      moreAfter: z.boolean(),
    }),
  },
  /** The text of a version in order, on from a place. */
  'GET /policy/versions/:id/articles': {
    params: z.object({ id: Id }),
    query: z.object({
      before: z.coerce.number().int().min(0).optional(),
      after: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(50).optional(),
    }),
    reply: z.object({ articles: z.array(ArticleLine), more: z.boolean() }),
  },
  /** The clause that a source of a question or lesson names, as it stands today; null where it is not stored. */
  'GET /policy/source': {
    query: z.object({ law: z.string().min(1).max(100), article: z.string().max(60).optional() }),
    reply: z.object({ clause: Id.nullable() }),
  },
} satisfies ApiTable
