import mongoose from 'mongoose'

const span = { _id: false, text: { type: String, required: true }, strong: Boolean }

const block = {
  _id: false,
  type: { type: String, required: true, enum: ['paragraph', 'list', 'quote'] as const },
  /** Paragraphs and quotes. */
  spans: { type: [span], default: undefined },
  /** Lists. */
  ordered: Boolean,
  items: { type: [[span]], default: undefined },
}

const source = {
  _id: false,
  law: { type: String, required: true },
  article: String,
  version: String,
  checkedOn: String,
}

/** A lesson of the daily course; `questions` point into the bank, in the order of the file. */
const lesson = new mongoose.Schema({
  order: { type: Number, required: true },
  slug: { type: String, required: true },
  title: { type: String, required: true },
  category: { type: String, required: true },
  topic: { type: String, required: true },
  /** Nominal reading time. */
  minutes: { type: Number, required: true },
  scene: { type: String, required: true },
  body: {
    type: [
      { _id: false, heading: { type: String, required: true }, blocks: { type: [block], required: true } },
    ],
    required: true,
  },
  tomorrow: { type: [block], required: true },
  sources: { type: [source], required: true },
  /** Beijing day after which the lesson is shown as overdue. */
  reviewBy: { type: String, required: true },
  questions: { type: [mongoose.Schema.Types.ObjectId], required: true },
  /** SHA-256 of the file: the same file imported twice changes nothing. */
  checksum: { type: String, required: true },
  status: { type: String, required: true, enum: ['draft', 'published', 'retired'] as const },
  version: { type: Number, required: true, default: 1 },
  at: { type: Date, required: true },
})
lesson.index({ slug: 1 }, { unique: true })
lesson.index({ status: 1, order: 1 })

export const Lesson = mongoose.model('Lesson', lesson)

const owner = { type: mongoose.Schema.Types.ObjectId, required: true }

/** How far a cadre came in a lesson. Deleted when it is finished: nobody's reading times are kept. */
const lessonProgress = new mongoose.Schema({
  cadre: owner,
  lesson: owner,
  reached: { type: Number, required: true },
  startedAt: { type: Date, required: true },
})
lessonProgress.index({ cadre: 1, lesson: 1 }, { unique: true })

export const LessonProgress = mongoose.model('LessonProgress', lessonProgress)

/** A lesson that is behind a cadre: finished by reading, or passed by working through its questions. */
const lessonRecord = new mongoose.Schema({
  cadre: owner,
  lesson: owner,
  /** Null while it was only passed. */
  finishedAt: { type: Date, default: null },
  /** The Beijing day it was finished or passed, whichever came first; from the next day on the sequence goes on. */
  closedOn: { type: String, required: true },
})
lessonRecord.index({ cadre: 1, lesson: 1 }, { unique: true })

export const LessonRecord = mongoose.model('LessonRecord', lessonRecord)
