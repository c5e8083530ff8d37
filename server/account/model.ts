import mongoose from 'mongoose'

const { ObjectId } = mongoose.Schema.Types

/** A person who learns. The id is permanent; no ledger ever moves. */
const cadre = new mongoose.Schema({
  /** Empty until the roster or the cadre says it; WeChat tells no names. */
  name: { type: String, default: '' },
  /** Only where the cadre chose to give it, for the roster of the unit. */
  phone: { type: String, default: null },
  joinedAt: { type: Date, required: true },
  /** The latest day the cadre opened the product. */
  seenOn: { type: String, required: true },
  /** When the cadre left and behaviour was deleted; the training record stays. */
  leftAt: { type: Date, default: null },
})
cadre.index({ seenOn: 1, _id: 1 })

export const Cadre = mongoose.model('Cadre', cadre)

/** How a provider knows a cadre. */
const identity = new mongoose.Schema({
  provider: { type: String, required: true, enum: ['wechat', 'wecom', 'demo'] as const },
  subject: { type: String, required: true },
  cadre: { type: ObjectId, required: true },
})
identity.index({ provider: 1, subject: 1 }, { unique: true })
/** One of each for a cadre. */
identity.index({ cadre: 1, provider: 1 }, { unique: true })

export const Identity = mongoose.model('Identity', identity)

/** A device a cadre is signed in on. Only the SHA-256 of its token is stored. */
const session = new mongoose.Schema({
  cadre: { type: ObjectId, required: true },
  tokenHash: { type: String, required: true },
  device: { type: String, default: '' },
  signedInAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
  /** The latest day it was used, so that `Cadre.seenOn` is written once a day. */
  usedOn: { type: String, required: true },
})
session.index({ tokenHash: 1 }, { unique: true })
session.index({ cadre: 1, _id: 1 })
session.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const Session = mongoose.model('Session', session)

/** What a cadre may do beside learning. */
const grant = new mongoose.Schema({
  cadre: { type: ObjectId, required: true },
  role: { type: String, required: true, enum: ['editor', 'reviewer', 'admin'] as const },
  /** Where it holds; null for the whole installation. */
  unit: { type: ObjectId, default: null },
  /** A cadre's id, or `cli`. */
  by: { type: String, required: true },
  at: { type: Date, required: true },
})
grant.index({ cadre: 1, role: 1, unit: 1 }, { unique: true })

export const Grant = mongoose.model('Grant', grant)

/** 投诉建议 */
const suggestion = new mongoose.Schema({
  cadre: { type: ObjectId, required: true },
  text: { type: String, required: true },
  at: { type: Date, required: true },
  replyBy: { type: String, required: true },
  reply: { type: String, default: null },
})
suggestion.index({ cadre: 1, _id: -1 })
suggestion.index({ reply: 1, replyBy: 1 })

export const Suggestion = mongoose.model('Suggestion', suggestion)
