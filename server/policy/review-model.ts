import mongoose from 'mongoose'

const id = { type: mongoose.Schema.Types.ObjectId, required: true }

/** A person's answer: its lines, in which [1] is the first of its clauses. */
const reviewedAnswer = new mongoose.Schema(
  {
    lines: { type: [String], required: true },
    clauses: { type: [mongoose.Schema.Types.ObjectId], required: true },
    author: id,
    reviewer: { type: mongoose.Schema.Types.ObjectId, default: null },
    at: { type: Date, required: true },
    /** The day on which somebody last found the clauses to say this. */
    checkedOn: { type: String, required: true },
  },
  { _id: false },
)

/** A question that waits for a person, or that a person answered; all of one meaning are one. Nobody is named in it. */
const reviewItem = new mongoose.Schema({
  /** `meaningOf` the question; its own words where that is ''. */
  meaning: { type: String, required: true },
  question: { type: String, required: true },
  state: {
    type: String,
    required: true,
    enum: ['open', 'drafted', 'published', 'closed', 'suspended'] as const,
  },
  causes: {
    type: [{ type: String, enum: ['unanswered', 'disliked', 'sensitive'] as const }],
    default: [],
  },
  reasons: {
    type: [{ type: String, enum: ['wrong', 'outdated', 'not-my-question', 'unclear', 'other'] as const }],
    default: [],
  },
  times: { type: Number, default: 0 },
  lastAt: { type: Date, required: true },
  /** What was given as an answer when it was disliked last. */
  given: { type: [String], default: [] },
  /** Clauses that were found for it, for whoever answers. */
  suggested: { type: [mongoose.Schema.Types.ObjectId], default: [] },
  /** The answer as it is worked on: a draft, or the one that is published. */
  answer: { type: reviewedAnswer, default: null },
  /** The answer that is given to those who ask; null before the first is published and while it is suspended. */
  live: { type: reviewedAnswer, default: null },
  /** What was live when a clause of it changed. */
  stopped: { type: reviewedAnswer, default: null },
  /** Why it is suspended, in words. */
  trouble: { type: String, default: '' },
  /** Why it was closed. */
  closing: { type: String, default: '' },
  /** Counts every act of an editor: who acts on an older one is refused. */
  revision: { type: Number, default: 0 },
})
reviewItem.index({ meaning: 1 }, { unique: true })
reviewItem.index({ state: 1, _id: -1 })

export const ReviewItem = mongoose.model('ReviewItem', reviewItem)

/** What stopped because a clause changed (法变题停), until an editor looked. */
const policyAlarm = new mongoose.Schema({
  subject: { type: String, required: true, enum: ['question', 'answer'] as const },
  /** The question of the bank, or the review item. */
  ref: id,
  what: { type: String, required: true },
  why: { type: String, required: true },
  at: { type: Date, required: true },
  settledAt: { type: Date, default: null },
})
policyAlarm.index({ subject: 1, ref: 1 }, { unique: true, partialFilterExpression: { settledAt: null } })
policyAlarm.index({ settledAt: 1, _id: 1 })

export const PolicyAlarm = mongoose.model('PolicyAlarm', policyAlarm)

/** That an answer to a cadre's question came to an item: counted once. Whose it is only the answer knows. */
const reviewAsking = new mongoose.Schema({
  item: id,
  answer: id,
  /** Whoever asked was told of the person's answer. */
  told: { type: Boolean, default: false },
})
reviewAsking.index({ answer: 1 }, { unique: true })
reviewAsking.index({ item: 1, told: 1, _id: 1 })

export const ReviewAsking = mongoose.model('ReviewAsking', reviewAsking)
