import * as z from 'zod'
import type { ApiTable } from './endpoint.ts'
import { Id, MomentText } from './id.ts'

/** What a ledger entry pays for. `correction` is a later adjustment, by a new entry. */
export const PointCause = z.enum(['lesson', 'question', 'review', 'correction'])
export type PointCause = z.infer<typeof PointCause>

const ByCause = z.array(z.object({ cause: PointCause, label: z.string(), points: z.int() }))

/** The week of a self-set goal, Monday to Sunday. */
export const Week = z.object({
  /** Days a week the cadre set out to study, 1 to 7. */
  goal: z.int(),
  /** Days studied so far this week. */
  done: z.int(),
  paused: z.boolean(),
  days: z.array(z.object({ day: z.iso.date(), done: z.boolean() })),
})
export type Week = z.infer<typeof Week>

export const PointEntry = z.object({
  id: Id,
  day: z.iso.date(),
  at: MomentText,
  cause: PointCause,
  points: z.int(),
  ruleVersion: z.int(),
  /** The entry in words: 9月3日 每日答题 第2题 +1，规则第1版. */
  text: z.string(),
})

export const pointsApi = {
  'GET /points': {
    reply: z.object({
      total: z.int(),
      today: z.object({ points: z.int(), cap: z.int() }),
      /** Questions answered right seven or more days after they were first met. */
      mastered: z.int(),
      /** The last twelve months that have entries, newest first. */
      months: z.array(z.object({ month: z.string(), points: z.int(), byCause: ByCause })),
      week: Week,
      /** Null unless the cadre switched the streak on. */
      streak: z.object({ days: z.int() }).nullable(),
      rule: z.object({ version: z.int(), from: z.iso.date(), lines: z.array(z.string()) }),
    }),
  },
  'GET /points/entries': {
    query: z.object({ before: Id.optional(), limit: z.coerce.number().int().min(1).max(50).optional() }),
    reply: z.object({ entries: z.array(PointEntry), more: z.boolean() }),
  },
  'GET /points/calendar': {
    query: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
    /** The days of the month on which something was finished. */
    reply: z.object({ month: z.string(), days: z.array(z.iso.date()) }),
  },
  'PUT /points/goal': {
    body: z.strictObject({ days: z.int().min(1).max(7), paused: z.boolean(), streak: z.boolean() }),
    reply: z.object({ week: Week, streak: z.object({ days: z.int() }).nullable() }),
  },
} satisfies ApiTable
