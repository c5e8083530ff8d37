import mongoose from 'mongoose'

/** Everything that is kept in the audit log. */
export const ACTIONS = [
  'grant',
  'revoke',
  'identity',
  'answer',
  'publish',
  'close',
  'suspend',
  'settle',
  'words',
  'sensitive',
] as const

/** One line of the audit log: it is added and never changed or taken away. */
const auditEntry = new mongoose.Schema({
  at: { type: Date, required: true },
  /** A cadre's id; `cli` for the command line, `system` for the server itself. */
  actor: { type: String, required: true },
  action: { type: String, required: true, enum: ACTIONS },
  /** What it was done to: an id, a file, a table. */
  subject: { type: String, required: true },
  /** What else has to be known; never a question's words or who asked. */
  detail: { type: Map, of: String, default: {} },
})
auditEntry.index({ at: 1, _id: 1 })

export const AuditEntry = mongoose.model('AuditEntry', auditEntry)
