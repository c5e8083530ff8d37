import { randomUUID } from 'node:crypto'
import { isDuplicate } from './mongo.ts'
import { Slot } from './slot.ts'

/** Unless told: longer than any batch takes, as a crash is noticed only after it. */
const LEASE_MS = 60_000

/** What is run once: a named job for one slot of time. */
export interface Once {
  name: string
  slot: string
  /** The clock leases are measured by. */
  now: () => Date
  /** How long a batch may take before others think its process dead; 0 where doing it twice at once does no harm. */
  leaseMs?: number
  /** Aborts when the process stops: the run ends after its batch and another process goes on from there. */
  signal?: AbortSignal
}

/** What a body works with. */
export interface Run {
  /** Where an earlier run stopped; null at the beginning. */
  cursor: string | null
  /** Call it after each batch: keeps how far the work is and renews the lease. Throws when the run must end here. */
  keep: (cursor: string) => Promise<void>
}

/** Thrown by `keep` when the process stops or another one has taken over. */
class RunEnds extends Error {}

const ended = new Date(0)

/**
 * Runs `body` for a slot that nobody has finished and nobody is working on. Any number of processes may try at any
 * time. A crash leaves an expired lease and the cursor of the last batch; the next try goes on from there, so a batch
 * may be done twice and must bear it.
 */
export async function once(
  job: Once,
  body: (run: Run) => Promise<void>,
): Promise<'done' | 'stopped' | 'not-ours'> {
  const holder = randomUUID()
  const claimed = await claim(job, holder)
  if (!claimed) return 'not-ours'
  try {
    await body({ cursor: claimed.cursor ?? null, keep: cursor => keep(job, holder, cursor) })
    const { matchedCount } = await Slot.updateOne(ours(job, holder), { doneAt: job.now(), lease: ended })
    return matchedCount === 1 ? 'done' : 'stopped'
  } catch (error) {
    // When even this fails, the lease runs out by itself.
    await Slot.updateOne(ours(job, holder), { lease: ended }).catch(() => undefined)
    if (error instanceof RunEnds) return 'stopped'
    throw error
  }
}

const ours = ({ name, slot }: Once, holder: string) => ({ name, slot, holder, doneAt: null })
const until = ({ now, leaseMs = LEASE_MS }: Once): Date => new Date(now().getTime() + leaseMs)

async function claim(job: Once, holder: string) {
  const { name, slot, now } = job
  const fresh = { lease: ended, holder: null, cursor: null, doneAt: null }
  await Slot.updateOne({ name, slot }, { $setOnInsert: fresh }, { upsert: true }).catch((error: unknown) => {
    if (!isDuplicate(error, ['name', 'slot'])) throw error
  })
  const free = { name, slot, doneAt: null, lease: { $lte: now() } }
  return Slot.findOneAndUpdate(free, { holder, lease: until(job) }, { returnDocument: 'after' }).lean()
}

async function keep(job: Once, holder: string, cursor: string): Promise<void> {
  const { matchedCount } = await Slot.updateOne(ours(job, holder), { cursor, lease: until(job) })
  if (matchedCount === 0 || job.signal?.aborted) throw new RunEnds()
}
