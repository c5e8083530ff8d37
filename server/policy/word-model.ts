import mongoose from 'mongoose'

/** A line of an editors' table of sensitive words. A table is the authority on its own lines. */
const policyWord = new mongoose.Schema({
  table: { type: String, required: true },
  /** The word as it is compared. */
  key: { type: String, required: true },
  word: { type: String, required: true },
  kind: { type: String, default: '' },
  treatment: { type: String, required: true, enum: ['refuse', 'review', 'allow'] as const },
  at: { type: Date, required: true },
})
policyWord.index({ table: 1, key: 1 }, { unique: true })

export const PolicyWord = mongoose.model('PolicyWord', policyWord)
