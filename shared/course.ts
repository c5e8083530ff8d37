import * as z from 'zod'
import type { ApiTable } from './endpoint.ts'
import { Id } from './id.ts'
import { Source } from './question.ts'

/** A run of text inside a block. */
const Span = z.object({ text: z.string(), strong: z.boolean().optional() })

/** A piece of a section, ready to be drawn without a Markdown reader. */
export const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('paragraph'), spans: z.array(Span) }),
  z.object({ type: z.literal('list'), ordered: z.boolean(), items: z.array(z.array(Span)) }),
  z.object({ type: z.literal('quote'), spans: z.array(Span) }),
])
export type Block = z.infer<typeof Block>

/** A lesson as the chat shows it. */
export const LessonCard = z.object({
  id: Id,
  title: z.string(),
  category: z.string(),
  topic: z.string(),
  /** One sentence of the scene the lesson opens with. */
  scene: z.string(),
  /** Nominal reading time. */
  minutes: z.number(),
  sections: z.int(),
  /** Sections reached so far. */
  reached: z.int(),
  finished: z.boolean(),
})
export type LessonCard = z.infer<typeof LessonCard>

export const Lesson = LessonCard.extend({
  body: z.array(z.object({ heading: z.string(), blocks: z.array(Block) })),
  /** 明天就能做的一件事, set apart at the end. */
  tomorrow: z.array(Block),
  sources: z.array(Source),
  reviewBy: z.iso.date(),
  /** Past its review-by date: shown with that mark. */
  overdue: z.boolean(),
})
export type Lesson = z.infer<typeof Lesson>

export const courseApi = {
  /** Today's lesson and the ones after it, whole, to be read offline. */
  'GET /lessons/upcoming': { reply: z.object({ lessons: z.array(Lesson).max(3) }) },
  'GET /lessons/:id': { params: z.object({ id: Id }), reply: Lesson },
  /** The reader came to section `section` (0 is the first). The last one finishes the lesson when order and pace are plausible. */
  'POST /lessons/:id/reach': {
    params: z.object({ id: Id }),
    body: z.strictObject({ section: z.int().min(0).max(99) }),
    reply: z.object({
      reached: z.int(),
      finished: z.boolean(),
      /** Seconds until the last section may finish the lesson; 0 when nothing is left to wait for. */
      wait: z.int(),
      pointsEarned: z.int(),
      points: z.int(),
    }),
  },
} satisfies ApiTable
