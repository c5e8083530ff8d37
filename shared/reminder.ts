import * as z from 'zod'
import type { ApiTable } from './endpoint.ts'
import { Id, MomentText } from './id.ts'

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

/** In which words a reminder of the day's work is said. */
export const ReminderWording = z.enum(['plain', 'brief', 'reason'])
export type ReminderWording = z.infer<typeof ReminderWording>

/** A time that may be chosen: full and half hours from 07:00 to 21:30, outside the quiet hours. */
const ReminderTime = z.string().regex(/^(0[7-9]|1\d|2[01]):[03]0$/)

const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length

const Settings = {
  /** Off until the cadre switches it on. */
  on: z.boolean(),
  kinds: z.array(ReminderKind).max(6).refine(unique),
  times: z.array(ReminderTime).min(1).max(3).refine(unique),
  /** 1 for Monday to 7 for Sunday. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7).refine(unique),
  /** Also on public holidays. */
  holidays: z.boolean(),
  /** Allows learning which of the times and which wording help. */
  learning: z.boolean(),
}

/** What carries reminders outside of the product. */
export const ReminderChannel = z.enum(['wechat', 'wecom'])
export type ReminderChannel = z.infer<typeof ReminderChannel>

const Shown = z.object({
  ...Settings,
  /** The first day after a pause; null when there is none. */
  pausedUntil: z.iso.date().nullable(),
  /** How reminders reach the cadre now, beside the inbox; null where nothing knows an address. */
  channel: ReminderChannel.nullable(),
  /** What WeChat may be asked permission for; null where there is nothing to ask. */
  permission: z.object({ template: z.string(), left: z.int() }).nullable(),
  /** The installation allows learning; where it does not, `learning` has no effect. */
  learnable: z.boolean(),
})

/** How a reminder ended, or that it has not yet. */
export const ReminderState = z.enum([
  /** To be sent. */
  'waiting',
  /** An attempt is under way. */
  'sending',
  'sent',
  /** No permission was left. */
  'no-quota',
  /** The platform will not send it to this person. */
  'refused',
  /** The platform will not send it like this. */
  'invalid',
  /** It may have been sent. */
  'unknown',
  /** The platform took it and could not deliver it. */
  'failed',
  /** Not wanted any more: the work was done, reminders were paused or switched off. */
  'overtaken',
  /** It could not be sent in time. */
  'late',
  /** There is no channel to this person; it is in the inbox only. */
  'inbox',
])
export type ReminderState = z.infer<typeof ReminderState>

/** Of an arm of learning, over ten or more cadres: at least so many, and in how many of a hundred cases it helped. */
const estimate = { cadres: z.int(), finished: z.int() }

/** How the reminders of a day ended, in numbers; no person can be told from it. */
const Sends = z.object({
  day: z.iso.date(),
  total: z.int(),
  /** The channel is null where none was tried. */
  results: z.array(z.object({ channel: ReminderChannel.nullable(), state: ReminderState, count: z.int() })),
  /** What went wrong, the most frequent first: the platform's code or our own name for it, and what to do. */
  errors: z.array(
    z.object({
      channel: ReminderChannel.nullable(),
      code: z.string(),
      text: z.string(),
      count: z.int(),
      latest: MomentText,
    }),
  ),
  /** What was learned of all who allow it; null where the installation does not allow it. */
  learning: z
    .object({
      times: z.array(z.object({ time: z.string(), ...estimate })),
      wordings: z.array(z.object({ wording: ReminderWording, ...estimate })),
    })
    .nullable(),
})

export const reminderApi = {
  'GET /reminders': { reply: Shown },
  'PUT /reminders': { body: z.strictObject(Settings), reply: Shown },
  /** What `requestSubscribeMessage` answered, by template; `askedAt` names the one time it was asked. */
  'POST /reminders/accepted': {
    body: z.strictObject({
      askedAt: MomentText,
      results: z.record(z.string().max(64), z.string().max(32)).refine(of => Object.keys(of).length <= 5),
    }),
    reply: Shown,
  },
  /** No reminders for so many days, beginning today; 0 ends a pause. */
  'POST /reminders/pause': { body: z.strictObject({ days: z.int().min(0).max(60) }), reply: Shown },
  /** Everything a cadre was reminded of, sent or not, newest first. */
  'GET /inbox': {
    query: z.object({ before: Id.optional(), limit: z.coerce.number().int().min(1).max(50).optional() }),
    reply: z.object({
      reminders: z.array(
        z.object({
          id: Id,
          kind: ReminderKind,
          title: z.string(),
          text: z.string(),
          page: z.string(),
          at: MomentText,
          state: ReminderState,
          read: z.boolean(),
        }),
      ),
      more: z.boolean(),
      unread: z.int(),
    }),
  },
  'POST /inbox/:id/read': { params: z.object({ id: Id }) },
  /** The sends of a day; of today where none is given. */
  'GET /sends': { for: ['admin'], query: z.object({ day: z.iso.date().optional() }), reply: Sends },
} satisfies ApiTable
