import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { isDuplicate } from './mongo.ts'

/** A token a platform gave to one of our apps. */
export interface KeptToken {
  token: string
  /** From when on somebody should fetch the next one. */
  renewAt: Date
  /** When the platform lets it end. */
  until: Date
}

/** Where all processes keep the tokens of the platforms, one under each key. */
export interface TokenStore {
  /** The token kept last, however old; undefined when there is none. */
  read: (key: string) => Promise<KeptToken | undefined>
  /** The name under which the one process that may fetch the next token holds its claim; undefined for all others. */
  claim: (key: string, now: Date, leaseMs: number) => Promise<string | undefined>
  /** Keeps a token and ends the claim; does nothing once another process has taken the claim over. */
  write: (key: string, holder: string, kept: KeptToken) => Promise<void>
  /** Ends a claim that brought no token. */
  release: (key: string, holder: string) => Promise<void>
  /** Deletes the token if it is still this one. */
  forget: (key: string, token: string) => Promise<void>
}

const accessToken = new mongoose.Schema({
  /** Platform and app. */
  key: { type: String, required: true },
  token: { type: String, default: null },
  renewAt: { type: Date, default: null },
  until: { type: Date, default: null },
  /** Until when the holder may be at fetching. */
  lease: { type: Date, required: true },
  holder: { type: String, default: null },
})
accessToken.index({ key: 1 }, { unique: true })

export const AccessToken = mongoose.model('AccessToken', accessToken)

const ended = new Date(0)

/** The store in the database. */
export const tokenStore: TokenStore = {
  read: async key => {
    const found = await AccessToken.findOne({ key }).lean()
    if (!found?.token || !found.renewAt || !found.until) return undefined
    return { token: found.token, renewAt: found.renewAt, until: found.until }
  },
  claim: async (key, now, leaseMs) => {
    const holder = randomUUID()
    await AccessToken.updateOne({ key }, { $setOnInsert: { lease: ended } }, { upsert: true }).catch(
      (error: unknown) => {
        if (!isDuplicate(error, ['key'])) throw error
      },
    )
    const lease = new Date(now.getTime() + leaseMs)
    const { matchedCount } = await AccessToken.updateOne({ key, lease: { $lte: now } }, { lease, holder })
    return matchedCount === 1 ? holder : undefined
  },
  write: async (key, holder, { token, renewAt, until }) => {
    await AccessToken.updateOne({ key, holder }, { token, renewAt, until, lease: ended, holder: null })
  },
  release: async (key, holder) => {
    await AccessToken.updateOne({ key, holder }, { lease: ended, holder: null })
  },
  forget: async (key, token) => {
    await AccessToken.updateOne({ key, token }, { token: null, renewAt: null, until: null })
  },
}
