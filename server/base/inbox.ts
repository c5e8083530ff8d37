import { Arrival } from './arrival.ts'
import type { Log } from './log.ts'
import { isDuplicate } from './mongo.ts'

/** Longer than any work takes, as a crash or a failure is made up for only after it. */
const LEASE_MS = 120_000
const MOST_TRIES = 5
const SWEEP_MS = 60_000

/** What is taken in. */
export interface Arriving {
  /** The same for each time it arrives. */
  key: string
  /** Arrivals of one lane are worked on one after another. */
  lane: string
  words: string
  /** The words as they may be stored until the work is done; null where they must not be, and a crash loses them. */
  storable: string | null
}

/** Works on each thing that arrives once it has been stored: at least once, and once where no process dies over it. */
export interface Inbox {
  /** Resolves once the thing is safe; it is worked on after that. One that was there before changes nothing. */
  take: (arriving: Arriving) => Promise<void>
  /** Takes up what was left behind by processes that died or failed. */
  sweep: () => Promise<void>
  /** Sweeps now and every minute; the returned function ends that after the work under way. */
  start: () => () => Promise<void>
  /** Resolves once nothing is under way in this process. */
  idle: () => Promise<void>
}

export interface InboxOutside {
  now: () => Date
  log: Log
  work: (words: string) => Promise<void>
}

/** An inbox whose arrivals all processes share. */
export function createInbox(outside: InboxOutside): Inbox {
  const { now, log } = outside
  const lanes = new Map<string, Promise<void>>()
  const queued = new Set<string>()
  const queue = (key: string, lane: string, words: string): void => {
    const before = lanes.get(lane) ?? Promise.resolve()
    queued.add(key)
    const work = before
      .then(() => workOn(key, words, outside))
      .catch((error: unknown) => log.error({ error }, 'an arrival was left'))
      .finally(() => {
        queued.delete(key)
        if (lanes.get(lane) === work) lanes.delete(lane)
      })
    lanes.set(lane, work)
  }
  const idle = async (): Promise<void> => {
    while (lanes.size > 0) await Promise.all(lanes.values())
  }
  const sweep = async (): Promise<void> => {
    for (let left = await nextLeft(now()); left; left = await nextLeft(now())) {
      if (queued.has(left.key)) continue
      if (left.tries <= MOST_TRIES) queue(left.key, left.lane, left.words ?? '')
      else await giveUp(left.key, outside)
    }
  }
  return {
    take: async arriving => {
      if (await isNew(arriving, now())) queue(arriving.key, arriving.lane, arriving.words)
    },
    sweep,
    idle,
    start: () => sweepOften(sweep, idle, log),
  }
}

function sweepOften(sweep: () => Promise<void>, idle: () => Promise<void>, log: Log): () => Promise<void> {
  const safely = () => void sweep().catch((error: unknown) => log.error({ error }, 'inbox not swept'))
  safely()
  const timer = setInterval(safely, SWEEP_MS).unref()
  return async () => {
    clearInterval(timer)
    await idle()
  }
}

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** What may not be stored counts as done at once, as nobody could take it up. */
async function isNew({ key, lane, storable }: Arriving, now: Date): Promise<boolean> {
  const doneAt = storable === null ? now : null
  try {
    const lease = after(now, LEASE_MS)
    await Arrival.create({ key, lane, words: storable, receivedAt: now, lease, tries: 1, doneAt })
    return true
  } catch (error) {
    if (isDuplicate(error, ['key'])) return false
    throw error
  }
}

const nextLeft = (now: Date) =>
  Arrival.findOneAndUpdate(
    { doneAt: null, lease: { $lte: now } },
    { $inc: { tries: 1 }, $set: { lease: after(now, LEASE_MS) } },
    { sort: { lease: 1 }, returnDocument: 'after' },
  ).lean()

async function workOn(key: string, words: string, { work, now, log }: InboxOutside): Promise<void> {
  try {
    await work(words)
  } catch (error) {
    log.error({ error }, 'an arrival was not worked on')
    return
  }
  await Arrival.updateOne({ key, doneAt: null }, { doneAt: now(), words: null })
}

async function giveUp(key: string, { now, log }: InboxOutside): Promise<void> {
  await Arrival.updateOne({ key, doneAt: null }, { doneAt: now(), words: null, failed: true })
  log.error({ tries: MOST_TRIES }, 'an arrival was given up')
}
