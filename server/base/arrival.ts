import mongoose from 'mongoose'

/** How long a platform may repeat itself, and how long it is remembered. */
const REMEMBERED_SECONDS = 3 * 24 * 3_600

/** Something that came from outside. Its words are kept until the work on it is done; then it is only remembered. */
const arrival = new mongoose.Schema({
  key: { type: String, required: true },
  lane: { type: String, required: true },
  words: { type: String, default: null },
  receivedAt: { type: Date, required: true },
  /** Until when whoever works on it may take. */
  lease: { type: Date, required: true },
  tries: { type: Number, required: true },
  doneAt: { type: Date, default: null },
  /** Given up after too many tries. */
  failed: { type: Boolean, default: false },
})
arrival.index({ key: 1 }, { unique: true })
arrival.index({ receivedAt: 1 }, { expireAfterSeconds: REMEMBERED_SECONDS })
arrival.index({ doneAt: 1, lease: 1 })

export const Arrival = mongoose.model('Arrival', arrival)
