import mongoose from 'mongoose'
import { ReminderChannel, ReminderKind, ReminderState } from '#shared/reminder'
import type { Learned } from './learning.ts'

/** What a bandit knows of an arm. */
const tally = {
  rounds: { type: Number, required: true },
  weight: { type: Number, required: true },
  reward: { type: Number, required: true },
}
const armSums = {
  _id: false,
  arm: String,
  chosen: tally,
  others: tally,
  lastDay: { type: String, default: null },
}
const chance = { _id: false, arm: String, chance: Number }

const owner = { type: mongoose.Schema.Types.ObjectId, required: true }
const text = { type: String, required: true }
const kind = { type: String, required: true, enum: ReminderKind.options }

/** When and of what a cadre wants to be reminded; who has none is not reminded. */
const reminderWish = new mongoose.Schema({
  cadre: owner,
  on: { type: Boolean, required: true },
  kinds: [kind],
  times: [text],
  days: [{ type: Number, required: true }],
  holidays: { type: Boolean, required: true },
  learning: { type: Boolean, default: false },
  /** Sums over the cadre's reminders; gone at once when `learning` is switched off. */
  learned: {
    type: new mongoose.Schema<Learned>({ times: [armSums], wordings: [armSums] }, { _id: false }),
    default: undefined,
  },
  pausedUntil: { type: String, default: null },
})
reminderWish.index({ cadre: 1 }, { unique: true })
/** Without the times: an index over a list gives no order, and every batch would sort all. */
reminderWish.index({ on: 1, cadre: 1 })

export const ReminderWish = mongoose.model('ReminderWish', reminderWish)

/** One reminder of one cadre; all of them are the cadre's inbox. */
const reminder = new mongoose.Schema({
  cadre: owner,
  day: text,
  /** The cadre's time it was planned for. */
  slot: text,
  /** The first or the second of its day, so that there is no third. */
  number: { type: Number, required: true },
  kind,
  /** Names the matter. */
  key: text,
  title: text,
  text,
  /** The page it opens. */
  page: text,
  at: { type: Date, required: true },
  readAt: { type: Date, default: null },
  state: { type: String, required: true, enum: ReminderState.options },
  /** When it may be tried. */
  notBefore: { type: Date, required: true },
  tries: { type: Number, required: true },
  /** Who makes the latest attempt, since when, and until when others think it alive. */
  holder: { type: String, default: null },
  attemptedAt: { type: Date, default: null },
  lease: { type: Date, default: null },
  /** Over what the attempt is made. */
  channel: { type: String, default: null, enum: [...ReminderChannel.options, null] },
  /** What permission the attempt uses; null where none is needed. */
  template: { type: String, default: null },
  /** What the platform said. */
  reason: { type: String, default: null },
  messageId: { type: String, default: null },
  /** What was chosen, from what; only until it was looked at whether the reminder helped. */
  round: {
    type: new mongoose.Schema({ wording: String, times: [chance], wordings: [chance] }, { _id: false }),
    default: undefined,
  },
  unjudged: { type: Boolean, default: undefined },
})
reminder.index({ cadre: 1, day: 1, number: 1 }, { unique: true })
reminder.index({ cadre: 1, day: 1, slot: 1 }, { unique: true })
reminder.index({ cadre: 1, _id: -1 })
reminder.index({ day: 1 })
reminder.index({ state: 1, _id: 1 })
reminder.index({ unjudged: 1, _id: 1 }, { partialFilterExpression: { unjudged: true } })
/** One attempt at a time for each cadre, in all processes. */
reminder.index({ cadre: 1 }, { unique: true, partialFilterExpression: { state: 'sending' } })

export const Reminder = mongoose.model('Reminder', reminder)

const told = new mongoose.Schema(
  { at: { type: Number, required: true }, name: { type: String, required: true } },
  { _id: false },
)

/** How many messages of a template a cadre may still be sent. */
const reminderQuota = new mongoose.Schema({
  cadre: owner,
  template: text,
  left: { type: Number, required: true },
  /** The attempt that took the latest one and is not settled yet. */
  heldBy: { type: String, default: null },
  accepts: [{ _id: false, report: { type: told, default: null }, event: { type: told, default: null } }],
})
reminderQuota.index({ cadre: 1, template: 1 }, { unique: true })

export const ReminderQuota = mongoose.model('ReminderQuota', reminderQuota)
