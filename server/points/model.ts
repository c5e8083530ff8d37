import mongoose from 'mongoose'
import type { PointRule as Rule } from './earning.ts'
import type { Tally } from './tally.ts'
import type { EntryDetail } from './wording.ts'

const owner = { type: mongoose.Schema.Types.ObjectId, required: true }

/** The ledger: one line per happening. Lines are added, never changed; a correction is a new line. */
const pointEntry = new mongoose.Schema({
  cadre: owner,
  cause: { type: String, required: true, enum: ['lesson', 'question', 'review', 'correction'] as const },
  /** Names the one happening this line pays for, so that it is never paid twice. */
  key: { type: String, required: true },
  day: { type: String, required: true },
  points: { type: Number, required: true },
  ruleVersion: { type: Number, required: true },
  at: { type: Date, required: true },
  detail: {
    type: new mongoose.Schema<EntryDetail>(
      { number: Number, title: String, of: String, limit: { type: String, enum: ['cap', 'questions'] } },
      { _id: false },
    ),
    required: true,
  },
})
pointEntry.index({ cadre: 1, key: 1 }, { unique: true })
pointEntry.index({ cadre: 1, _id: 1 })

export const PointEntry = mongoose.model('PointEntry', pointEntry)

/** Versions of the rule after the first, which is in `earning.ts`. Added before they hold, never changed. */
const pointRule = new mongoose.Schema<Rule>({
  version: { type: Number, required: true },
  from: { type: String, required: true },
  lesson: { type: Number, required: true },
  question: { type: Number, required: true },
  questionDailyMax: { type: Number, required: true },
  review: { type: Number, required: true },
  dailyCap: { type: Number, required: true },
})
pointRule.index({ version: 1 }, { unique: true })

export const PointRule = mongoose.model('PointRule', pointRule)

const count = { type: Number, required: true }
const day = { type: String, required: true }

/** What a cadre's ledger adds up to. Every award writes it, so two awards at once conflict and the cap holds. */
const standing = new mongoose.Schema<Tally & { cadre: mongoose.Types.ObjectId }>({
  cadre: owner,
  total: count,
  today: { day, points: count, questions: count },
  months: [{ _id: false, month: day, lesson: count, question: count, review: count, correction: count }],
  mastered: count,
  week: { monday: day, days: [String] },
  goal: { days: count, paused: { type: Boolean, required: true } },
  streak: { on: { type: Boolean, required: true }, days: count, lastDay: { type: String, default: null } },
})
standing.index({ cadre: 1 }, { unique: true })

export const Standing = mongoose.model('Standing', standing)

/** The days of a month on which something was finished, for the calendar. Written once a day. */
const studyMonth = new mongoose.Schema({
  cadre: owner,
  month: { type: String, required: true },
  days: { type: [String], required: true },
})
studyMonth.index({ cadre: 1, month: 1 }, { unique: true })

export const StudyMonth = mongoose.model('StudyMonth', studyMonth)
