import mongoose from 'mongoose'

const source = {
  _id: false,
  law: { type: String, required: true },
  article: String,
  version: String,
  checkedOn: String,
}

/** A question of the bank. Stem and options never change; a correction makes a new version of key and explanation. */
const question = new mongoose.Schema({
  bank: { type: String, required: true },
  /** SHA-256 of type, stem and sorted options: the same question in a bank is stored once. */
  fingerprint: { type: String, required: true },
  type: { type: String, required: true, enum: ['single', 'multiple', 'judge', 'blank'] as const },
  topic: { type: String, required: true },
  stem: { type: String, required: true },
  options: {
    type: [
      {
        _id: false,
        label: { type: String, required: true },
        text: { type: String, required: true },
        why: { type: String, default: '' },
      },
    ],
    required: true,
  },
  key: { type: [String], required: true },
  ordered: { type: Boolean, required: true },
  explanation: { type: String, default: '' },
  difficulty: { type: Number, default: null },
  sources: { type: [source], required: true },
  status: { type: String, required: true, enum: ['draft', 'published', 'retired', 'suspended'] as const },
  /** Who wrote it, for one made of a reviewed answer: somebody else publishes it. */
  author: { type: mongoose.Schema.Types.ObjectId, default: null },
  /** May stand in a daily paper: not for overlong blanks. */
  daily: { type: Boolean, required: true },
  /** File and row, or lesson, it came from. */
  origin: { type: String, required: true },
  version: { type: Number, required: true, default: 1 },
  /** Earlier keys, newest last. */
  history: {
    type: [
      {
        _id: false,
        version: { type: Number, required: true },
        key: { type: [String], required: true },
        explanation: { type: String, default: '' },
        until: { type: Date, required: true },
      },
    ],
    default: [],
  },
  /** A fixed random number in [0, 1): drawing starts anywhere in a topic without reading all of it. */
  draw: { type: Number, required: true },
  at: { type: Date, required: true },
})
question.index({ bank: 1, fingerprint: 1 }, { unique: true })
question.index({ status: 1, daily: 1, topic: 1, draw: 1 })
question.index({ status: 1, daily: 1, draw: 1 })
/** Questions by the article they rest on. */
question.index({ 'sources.law': 1, status: 1 })

export const Question = mongoose.model('Question', question)

/** 这题有误: what a cadre told the editors about a question. */
const questionReport = new mongoose.Schema({
  cadre: { type: mongoose.Schema.Types.ObjectId, required: true },
  question: { type: mongoose.Schema.Types.ObjectId, required: true },
  reason: { type: String, required: true, enum: ['key', 'stem', 'outdated', 'other'] as const },
  text: { type: String, default: '' },
  at: { type: Date, required: true },
  replyBy: { type: String, required: true },
  status: { type: String, required: true, enum: ['open', 'answered'] as const, default: 'open' },
  reply: { type: String, default: '' },
  repliedAt: Date,
})
questionReport.index({ cadre: 1, question: 1 }, { unique: true, partialFilterExpression: { status: 'open' } })
questionReport.index({ status: 1, replyBy: 1 })

export const QuestionReport = mongoose.model('QuestionReport', questionReport)
