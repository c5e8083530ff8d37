import * as z from 'zod'
import { Id } from './id.ts'

export const QuestionType = z.enum(['single', 'multiple', 'judge', 'blank'])
export type QuestionType = z.infer<typeof QuestionType>

/** Where a question or a lesson rests: law, article, the version quoted and the day somebody checked it. */
export const Source = z.object({
  law: z.string(),
  article: z.string().optional(),
  version: z.string().optional(),
  checkedOn: z.iso.date().optional(),
})
export type Source = z.infer<typeof Source>

/** A question before it is answered: it has neither key nor explanation. A judge question offers A 正确, B 错误. */
export const Question = z.object({
  id: Id,
  type: QuestionType,
  topic: z.string(),
  stem: z.string(),
  options: z.array(z.object({ label: z.string(), text: z.string() })),
  /** How many gaps a blank question has; 0 for the other types. */
  blanks: z.int(),
})
export type Question = z.infer<typeof Question>

/** What may be shown once a question was answered. */
export const Solution = z.object({
  /** Option labels in order; for a blank the texts to fill in. */
  key: z.array(z.string()),
  explanation: z.string(),
  /** Why each wrong option is wrong, where the editors wrote it. */
  reasons: z.array(z.object({ label: z.string(), text: z.string() })),
  sources: z.array(Source),
})
export type Solution = z.infer<typeof Solution>
