import type { Message } from '#shared/chat'
import { dayOf } from '#shared/day'
import { activeCadres } from '../account/service.ts'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Run } from '../base/once.ts'
import { today } from '../quiz/service.ts'
import { append, conversationOf, type Known } from './conversation-service.ts'
import { greeting } from './greeting.ts'
import { newDay } from './talk.ts'

/** Cadres after which the daily push keeps its place. */
const BATCH = 100
/** Cadres greeted at the same time. */
const AT_ONCE = 4
/** Times a write is tried while others write to the same conversation. */
const TRIES = 20

/** The conversation with the day's lesson and invitation in it, and these messages where this call wrote them. */
export interface Greeted {
  known: Known
  greeting: Message[]
}

/** Writes the day's lesson and invitation unless somebody else was first. */
export async function greeted(cadreId: string, now: Date): Promise<Greeted> {
  const day = dayOf(now)
  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = await conversationOf(cadreId)
    if (known.greetedOn >= day) return { known, greeting: [] }
    const { lesson, paper } = await today({ cadreId, now })
    const news = greeting({ day, first: known.seq === 0, lesson, paper })
    const change = { talk: newDay(paper), greetedOn: day }
    const written = await append(
      known,
      change,
      news.map(one => ({ ...one, from: 'rizhi' as const })),
      now,
    )
    if (written) return { known: written.known, greeting: written.messages }
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
