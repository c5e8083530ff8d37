import mongoose, { type Types } from 'mongoose'
import type { Day } from '#shared/day'
import type { Reason } from '#shared/quiz'
import type { Memory as Known } from './memory.ts'

const owner = { type: mongoose.Schema.Types.ObjectId, required: true }
const day = { type: String, required: true }

/** A question's place in a paper. */
export interface PaperItem {
  question: Types.ObjectId
  version: number
  reason: Reason
  /** From 1. */
  number: number
  /** When it was last moved behind the others; null when it never was. */
  postponedAt: Date | null
}

/** A stored paper. */
export interface StoredPaper {
  _id: Types.ObjectId
  cadre: Types.ObjectId
  kind: 'daily' | 'practice'
  /** The day it was opened. */
  day: Day
  /**
   * What it is the only one of: the day for a daily paper, `practice` for the practice that is open, `closed:<id>` for
   * a practice that was replaced. Unique for a cadre, so opening twice at once gives one paper.
   */
  slot: string
  /** Daily: the lesson of the day. */
  lesson: Types.ObjectId | null
  /** Practice: what it was drawn from. */
  scope: 'due' | 'wrong' | 'clause' | null
  questions: PaperItem[]
  openedAt: Date
}

const paper = new mongoose.Schema<StoredPaper>({
  cadre: owner,
  kind: { type: String, required: true, enum: ['daily', 'practice'] },
  day,
  slot: { type: String, required: true },
  lesson: { type: mongoose.Schema.Types.ObjectId, default: null },
  scope: { type: String, enum: ['due', 'wrong', 'clause', null], default: null },
  questions: [
    {
      _id: false,
      question: owner,
      version: { type: Number, required: true },
      reason: { type: String, required: true, enum: ['review', 'lesson', 'topic'] },
      number: { type: Number, required: true },
      postponedAt: { type: Date, default: null },
    },
  ],
  openedAt: { type: Date, required: true },
})
paper.index({ cadre: 1, slot: 1 }, { unique: true })

export const Paper = mongoose.model('Paper', paper)

/** One answer. What was chosen, marked and paid at the time never changes; a correction is noted beside it. */
export interface StoredAttempt {
  _id: Types.ObjectId
  cadre: Types.ObjectId
  paper: Types.ObjectId
  kind: 'daily' | 'practice'
  question: Types.ObjectId
  /** Number of the question in its paper. */
  number: number
  /** The version of the question it was marked by. */
  version: number
  round: number
  chosen: string[]
  correct: boolean
  guessed: boolean
  dontKnow: boolean
  pointsEarned: number
  /** All points the cadre had right after it. */
  points: number
  at: Date
  day: Day
  /** The mark by a later version of the question, once it was corrected. */
  regraded?: {
    version: number
    correct: boolean
    /** First answers: whether that changed the mark, what it paid, and whether the cadre was told. */
    changed: boolean
    points: number
    told: boolean
  }
}

const attempt = new mongoose.Schema<StoredAttempt>({
  cadre: owner,
  paper: owner,
  kind: { type: String, required: true, enum: ['daily', 'practice'] },
  question: owner,
  number: { type: Number, required: true },
  version: { type: Number, required: true },
  round: { type: Number, required: true },
  chosen: { type: [String], required: true },
  correct: { type: Boolean, required: true },
  guessed: { type: Boolean, required: true },
  dontKnow: { type: Boolean, required: true },
  pointsEarned: { type: Number, required: true },
  points: { type: Number, required: true },
  at: { type: Date, required: true },
  day,
  regraded: {
    type: new mongoose.Schema(
      { version: Number, correct: Boolean, changed: Boolean, points: Number, told: Boolean },
      { _id: false },
    ),
    default: undefined,
  },
})
attempt.index({ paper: 1, question: 1, round: 1 }, { unique: true })
attempt.index({ question: 1, _id: 1 })

export const Attempt = mongoose.model('Attempt', attempt)

/** What a cadre knows of one question. */
export interface StoredMemory extends Known {
  _id: Types.ObjectId
  cadre: Types.ObjectId
  question: Types.ObjectId
  topic: string
}

const memory = new mongoose.Schema<StoredMemory>({
  cadre: owner,
  question: owner,
  topic: { type: String, required: true },
  firstDay: day,
  lastDay: day,
  missed: { type: Number, required: true },
  dueOn: { type: String, default: null },
  card: {
    type: new mongoose.Schema(
      {
        stability: Number,
        difficulty: Number,
        reps: Number,
        lapses: Number,
        scheduledDays: Number,
        reviewedOn: String,
      },
      { _id: false },
    ),
    default: null,
  },
  mastered: { type: Boolean, required: true },
})
memory.index({ cadre: 1, question: 1 }, { unique: true })
memory.index({ cadre: 1, dueOn: 1 })

export const Memory = mongoose.model('Memory', memory)

/** What a cadre chose for the daily paper. */
const preference = new mongoose.Schema({
  cadre: owner,
  /** Topics to draw from; none means all. */
  topics: { type: [String], required: true },
})
preference.index({ cadre: 1 }, { unique: true })

export const Preference = mongoose.model('Preference', preference)
