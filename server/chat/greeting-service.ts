import { createHash } from 'node:crypto'
import { dayOf } from '#shared/day'
import { activeCadres } from '../account/service.ts'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Run } from '../base/once.ts'
import { today } from '../quiz/service.ts'
import { append, conversationOf, holds, type Known } from './conversation-service.ts'
import { greeting } from './greeting.ts'
import { newDay } from './talk.ts'
import { correctionWords } from './wording.ts'

/** Cadres after which the daily push keeps its place. */
const BATCH = 100
/** Cadres greeted at the same time. */
const AT_ONCE = 4
/** Times a write is tried while others write to the same conversation. */
const TRIES = 20

/** The conversation with the day's lesson and invitation in it, written by whoever comes first. */
export async function greeted(cadreId: string, now: Date): Promise<Known> {
  const day = dayOf(now)
  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = await conversationOf(cadreId)
    if (known.greetedOn >= day) return known
    const { lesson, paper } = await today({ cadreId, now })
    const news = greeting({ day, first: known.seq === 0, lesson, paper })
    const change = { talk: newDay(paper), greetedOn: day }
    const written = await append(
      known,
      change,
      news.map(one => ({ ...one, from: 'rizhi' as const })),
      now,
    )
    if (written) return written.known
  }
  throw new AppError('server.busy', { cadreId })
}

export interface Push extends Run {
  now: () => Date
  log: Log
}

/** The daily push: greets every active cadre, in batches that go on where an earlier run stopped. */
export async function pushDay({ cursor, keep, now, log }: Push): Promise<void> {
  for (let after = cursor ?? undefined; ;) {
    const batch = await activeCadres({ after, limit: BATCH, now: now() })
    const last = batch.at(-1)
    if (!last) return
    await greetAll(
      batch.map(({ id }) => id),
      now,
      log,
    )
    after = last.id
    await keep(after)
  }
}

/** One cadre whose greeting fails does not keep the others waiting; when all of them fail, the batch fails. */
async function greetAll(cadreIds: string[], now: () => Date, log: Log): Promise<void> {
  let failed = 0
  let failure: unknown
  const left = [...cadreIds]
  const greetOneByOne = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      try {
        await greeted(id, now())
      } catch (error) {
        failed += 1
        failure = error
        log.error({ error, cadreId: id }, 'greeting failed')
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, greetOneByOne))
  if (failed === cadreIds.length) throw failure
}

export interface Correction {
  cadreId: string
  stem: string
  /** Paid by new entries; 0 when only the mark changed. */
  pointsEarned: number
  /** Names the correction, so that it is told once; the stem and the day unless given. */
  key?: string
  now: Date
}

/** Tells a cadre, once, that an answer was marked again after a correction. */
export async function tellCorrection({ cadreId, stem, pointsEarned, key, now }: Correction): Promise<void> {
  const name = createHash('sha256').update(key ?? `${dayOf(now)} ${stem}`)
  const id = `correction:${name.digest('hex').slice(0, 24)}`
  const body = { type: 'notice' as const, text: correctionWords(stem, pointsEarned) }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = await conversationOf(cadreId)
    if (await holds(cadreId, id)) return
    if (await append(known, {}, [{ id, from: 'rizhi', body }], now)) return
  }
  throw new AppError('server.busy', { cadreId })
}
