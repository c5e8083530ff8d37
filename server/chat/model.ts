import mongoose from 'mongoose'

const { ObjectId, Mixed } = mongoose.Schema.Types

/** The one conversation of a cadre; its id is the cadre's. State changes only by compare-and-set on `version`. */
const conversation = new mongoose.Schema(
  {
    _id: { type: ObjectId, required: true },
    version: { type: Number, required: true },
    /** The last message's place. */
    seq: { type: Number, required: true },
    /** A `Talk`. */
    talk: { type: Mixed, required: true },
    /** The last day whose lesson and invitation were written. */
    greetedOn: { type: String, default: '' },
    /** When a message was written last, by the database's clock: processes find each other's news by it. */
    touchedAt: { type: Date, required: true },
  },
  { minimize: false },
)
conversation.index({ touchedAt: 1 })

export const Conversation = mongoose.model('Conversation', conversation)

/** How long a person's session is remembered after it was touched: as long as WeChat's repetitions are. */
const REMEMBERED_SECONDS = 3 * 24 * 3_600

/** A person's session in WeChat, by openid: a `SessionWindow`. It changes only by compare-and-set on `version`. */
const sessionWindow = new mongoose.Schema({
  _id: { type: String, required: true },
  version: { type: Number, required: true },
  wroteAt: { type: Number, required: true },
  enteredAt: { type: Number, required: true },
  sends: [{ _id: false, key: { type: String, required: true }, at: { type: Number, required: true } }],
  touchedAt: { type: Date, required: true },
})
sessionWindow.index({ touchedAt: 1 }, { expireAfterSeconds: REMEMBERED_SECONDS })

export const SessionWindow = mongoose.model('SessionWindow', sessionWindow)

const message = new mongoose.Schema(
  {
    conversation: { type: ObjectId, required: true },
    seq: { type: Number, required: true },
    /** Made by whoever wrote it. */
    id: { type: String, required: true },
    from: { type: String, required: true, enum: ['rizhi', 'cadre'] as const },
    day: { type: String, required: true },
    at: { type: Date, required: true },
    /** A `MessageBody`. */
    body: { type: Mixed, required: true },
    /** How many replies follow a message of the cadre. */
    replies: { type: Number, default: 0 },
  },
  { id: false, minimize: false },
)
message.index({ conversation: 1, seq: 1 }, { unique: true })
message.index({ conversation: 1, id: 1 }, { unique: true })

export const ChatMessage = mongoose.model('ChatMessage', message)
