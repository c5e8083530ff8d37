import { dayOf } from '#shared/day'
import type { Log } from './base/log.ts'
import { once, type Run } from './base/once.ts'
import { corpusStamp, staleAnswers, stopAnswer } from './policy/service.ts'
import { staleQuestions, stopQuestion } from './question/service.ts'

/** What the watch is handed. */
export interface WatchOutside {
  now: () => Date
  log: Log
}

/** What a run of the watch stopped. */
export interface Stopped {
  questions: number
  answers: number
}

const BATCH = 200
/** The watch looks at questions first; its cursor says of which kind the last one was. */
const KINDS = { questions: 'q', answers: 'a' } as const

/**
 * 法变题停: stops every published question and every answer of a person that rests on what is no longer the law, and
 * raises an alarm for each. Works in batches; what is stopped is not stopped again.
 */
export async function watchLaws({ cursor, keep, now, log }: Run & WatchOutside): Promise<Stopped> {
  const stopped = { questions: 0, answers: 0 }
  const at = (kind: 'q' | 'a') => (cursor?.startsWith(kind) ? cursor.slice(1) || null : null)
  if (!cursor?.startsWith(KINDS.answers)) {
    await inBatches(staleQuestions, at(KINDS.questions), now, async (stale, last) => {
      for (const each of stale) if (await stopQuestion(each, now())) stopped.questions++
      await keep(`${KINDS.questions}${last}`)
    })
    await keep(KINDS.answers)
  }
  await inBatches(staleAnswers, at(KINDS.answers), now, async (stale, last) => {
    for (const each of stale) if (await stopAnswer(each, now())) stopped.answers++
    await keep(`${KINDS.answers}${last}`)
  })
  if (stopped.questions + stopped.answers > 0) log.warn(stopped, 'stopped what rests on changed clauses')
  return stopped
}

interface Batch<T> {
  checked: number
  last: string | null
  stale: T[]
}

type Find<T> = (call: { after: string | null; limit: number; today: string }) => Promise<Batch<T>>

/** Goes through all that `find` finds; answers how many were looked at. */
export async function inBatches<T>(
  find: Find<T>,
  from: string | null,
  now: () => Date,
  work: (stale: T[], last: string, checked: number) => Promise<void>,
): Promise<number> {
  let checked = 0
  for (let after = from; ;) {
    const batch = await find({ after, limit: BATCH, today: dayOf(now()) })
    if (batch.last === null) return checked
    checked += batch.checked
    await work(batch.stale, batch.last, checked)
    after = batch.last
  }
}

/**
 * The watch for the corpus as it stands now: once for each state of it, by whatever process notices first. Null where
 * another one has done it.
 */
export async function stopStale({ now, log }: WatchOutside): Promise<Stopped | null> {
  let stopped: Stopped | null = null
  const slot = `corpus ${await corpusStamp()}`
  await once({ name: 'law-watch', slot, now }, async run => {
    stopped = await watchLaws({ ...run, now, log })
  })
  return stopped
}
