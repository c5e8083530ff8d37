import * as z from 'zod'

/** What a cadre may be reminded of; what matters most stands first. */
export const ReminderKind = z.enum([
  'session-tomorrow',
  'survey-closing',
  'result-published',
  'unfinished-quiz',
  'review-due',
  'daily-lesson',
])
export type ReminderKind = z.infer<typeof ReminderKind>
