import mongoose from 'mongoose'

/** One run of a job: whoever holds the lease works on it, from the cursor on. */
const slot = new mongoose.Schema({
  name: { type: String, required: true },
  /** What the run is for, such as a day. */
  slot: { type: String, required: true },
  /** Until when the holder may work without showing a sign of life. */
  lease: { type: Date, required: true },
  holder: { type: String, default: null },
  /** How far the work is; null before the first batch. */
  cursor: { type: String, default: null },
  doneAt: { type: Date, default: null },
})
slot.index({ name: 1, slot: 1 }, { unique: true })

export const Slot = mongoose.model('Slot', slot)
