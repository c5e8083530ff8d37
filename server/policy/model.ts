import mongoose from 'mongoose'
import { LEVELS } from './metadata/level.ts'
import { EVENTS } from './timeline.ts'

const id = { type: mongoose.Schema.Types.ObjectId, required: true }
const day = { type: String, default: null }
const level = { type: String, required: true, enum: LEVELS }
const region = {
  level: { type: String, required: true, enum: ['state', 'province', 'prefecture', 'county'] as const },
  path: { type: [String], default: [] },
}

/** A law, regulation or notice, whatever versions of it there are. Named after its latest version. */
const policyDocument = new mongoose.Schema({
  /** What makes two titles the same document (`titleKey`, with the number of a notice). */
  key: { type: String, required: true },
  title: { type: String, required: true },
  /** Everything it is called, full title first. */
  names: { type: [String], required: true },
  issuer: { type: String, default: '' },
  level,
  region,
  category: { type: String, default: '' },
  /** The day of the version title, level and region are from. */
  day,
  /** 收录截至: up to this day somebody saw to it that the document is here as it stands. */
  collectedOn: day,
  at: { type: Date, required: true },
})
policyDocument.index({ key: 1 }, { unique: true })
policyDocument.index({ names: 1 })

export const PolicyDocument = mongoose.model('PolicyDocument', policyDocument)

/** One text of a document. A text never changes; another text of the same day is the next edition. */
const policyVersion = new mongoose.Schema({
  document: id,
  /** The day of publication or of the last change; null where nothing tells. */
  day,
  /** 总则: a part of a law that stands in several files; '' for the whole. */
  part: { type: String, default: '' },
  edition: { type: Number, required: true },
  /** False once a later edition took its place. */
  live: { type: Boolean, required: true },
  supersededAt: { type: Date, default: null },
  title: { type: String, required: true },
  issuer: { type: String, default: '' },
  /** 文号 */
  number: { type: String, default: '' },
  promulgatedOn: day,
  force: {
    from: day,
    basis: { type: String, required: true, enum: ['text', 'derived', 'unknown'] as const },
    until: day,
  },
  /** Documents its text repeals. */
  repeals: {
    type: [
      {
        _id: false,
        key: { type: String, required: true },
        title: { type: String, required: true },
        label: { type: String, default: '' },
        number: { type: String, default: '' },
        from: day,
      },
    ],
    default: [],
  },
  /** The lines before and behind the text: history, number, signature. */
  notes: { type: [String], default: [] },
  source: {
    path: { type: String, required: true },
    format: { type: String, required: true },
    bytes: { type: Number, required: true },
  },
  /** SHA-256 of every file that holds this text. */
  checksums: { type: [String], required: true },
  /** SHA-256 of its words without white space. */
  wording: { type: String, required: true },
  articles: { type: Number, required: true },
  passages: { type: Number, required: true },
  at: { type: Date, required: true },
})
policyVersion.index({ document: 1, day: 1, part: 1, edition: 1 }, { unique: true })
policyVersion.index({ checksums: 1 })
policyVersion.index({ 'repeals.key': 1 })
policyVersion.index({ at: 1 })

export const PolicyVersion = mongoose.model('PolicyVersion', policyVersion)

/** What is cited: an article (条), or a passage of a text that has none. */
const policyArticle = new mongoose.Schema({
  version: id,
  document: id,
  /** Its place in the text, from 0. */
  order: { type: Number, required: true },
  kind: { type: String, required: true, enum: ['article', 'passage'] as const },
  /** 第十七条之一; of a passage its number if it has one. */
  label: { type: String, default: '' },
  number: { type: Number, default: null },
  /** 1 for 之一; 0 without. */
  sub: { type: Number, default: 0 },
  /** The headings above it: 第一编 总则, 第二章 自然人. */
  path: { type: [String], default: [] },
  /** One line a paragraph (款) or item (项), without the label. */
  text: { type: String, default: '' },
  /** The head of the table of which this is a further part. */
  columns: { type: String, default: '' },
})
policyArticle.index({ version: 1, order: 1 }, { unique: true })
policyArticle.index({ document: 1, number: 1, sub: 1 })

export const PolicyArticle = mongoose.model('PolicyArticle', policyArticle)

/** A line of a status table. A table is the authority on its own lines. */
const policyFact = new mongoose.Schema({
  table: { type: String, required: true },
  key: { type: String, required: true },
  title: { type: String, required: true },
  /** 文号 of a notice, where the table gives it. */
  number: { type: String, default: '' },
  event: { type: String, required: true, enum: EVENTS },
  day: { type: String, required: true },
  from: day,
  successor: { type: String, default: '' },
  source: { type: String, required: true },
  checkedOn: { type: String, required: true },
  /** When the line was stored or changed. */
  at: { type: Date, required: true },
})
policyFact.index({ table: 1, key: 1, number: 1, event: 1, day: 1 }, { unique: true })
policyFact.index({ key: 1 })
policyFact.index({ at: 1 })

export const PolicyFact = mongoose.model('PolicyFact', policyFact)

/** What an embedding model makes of an article, a byte a number: only the direction counts. */
const policyVector = new mongoose.Schema({
  article: id,
  version: id,
  /** Vectors of different models cannot be compared. */
  model: { type: String, required: true },
  bytes: { type: Buffer, required: true },
})
policyVector.index({ version: 1, model: 1, article: 1 }, { unique: true })

export const PolicyVector = mongoose.model('PolicyVector', policyVector)

/** A question somebody asked and its answer. It belongs to the cadre; nobody else is shown whose it is. */
const policyAnswer = new mongoose.Schema(
  {
    cadre: id,
    /** Made by whoever asks: the same key is asked once. */
    key: { type: String, required: true },
    /** Personal numbers and names masked. */
    question: { type: String, required: true },
    /** The day that was asked about. */
    day: { type: String, required: true },
    at: { type: Date, required: true },
    writing: { type: Boolean, required: true },
    /** An `Answer`: as it stands, or while it is being written as it began. */
    answer: { type: mongoose.Schema.Types.Mixed, required: true },
    /** What was written and checked so far. */
    text: { type: String, default: '' },
    /** Until when the process that writes it is believed to be alive. */
    lease: { type: Date, default: null },
    attempts: { type: Number, default: 0 },
    /** The cadre wants no more of it. */
    stop: { type: Boolean, default: false },
    /** The review item whose answer it shows. */
    item: { type: mongoose.Schema.Types.ObjectId, default: null },
    feedback: {
      type: new mongoose.Schema(
        { useful: { type: Boolean, required: true }, reason: String, text: String, at: Date },
        { _id: false },
      ),
      default: null,
    },
  },
  { minimize: false },
)
policyAnswer.index({ cadre: 1, key: 1 }, { unique: true })
policyAnswer.index({ cadre: 1, _id: -1 })
policyAnswer.index({ cadre: 1, at: -1 })

export const PolicyAnswer = mongoose.model('PolicyAnswer', policyAnswer)

/** What a language model was used for on a day, by a cadre or by the whole county (`cadre` null). */
const modelUsage = new mongoose.Schema({
  day: { type: String, required: true },
  cadre: { type: mongoose.Schema.Types.ObjectId, default: null },
  answers: { type: Number, default: 0 },
  promptTokens: { type: Number, default: 0 },
  completionTokens: { type: Number, default: 0 },
  /** Yuan. */
  cost: { type: Number, default: 0 },
})
modelUsage.index({ day: 1, cadre: 1 }, { unique: true })

export const ModelUsage = mongoose.model('ModelUsage', modelUsage)
