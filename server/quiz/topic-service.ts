import { addDays, type Day } from '#shared/day'
import { idText } from '../base/mongo.ts'
import type { PlannedLesson } from '../course/service.ts'
import { drawCandidates } from '../question/service.ts'
import { Memory, Preference, type StoredMemory } from './model.ts'
import { type Candidate, fraction } from './selection.ts'

/** What places of a paper are drawn for. */
export interface TopicNeed {
  day: Day
  seed: string
  ahead: readonly PlannedLesson[]
  dueIds: readonly string[]
  fresh: readonly string[]
}

/** Questions looked at for the topics' places; enough that new ones are found while there are many. */
const DRAWN = 40
/** A question met long ago may come again when a topic has no new ones left. */
const AGAIN_AFTER_DAYS = 7

/** Questions of a cadre's topics that may stand in the day's paper, some of them already reserved for a lesson. */
export async function topicCandidates(cadreId: string, need: TopicNeed): Promise<Candidate[]> {
  const chosen = await Preference.findOne({ cadre: cadreId }, { topics: 1 }).lean()
  const drawn = await drawCandidates({
    topics: chosen?.topics ?? [],
    from: fraction(need.seed),
    limit: DRAWN,
  })
  const met = await Memory.find(
    { cadre: cadreId, question: { $in: drawn.map(({ id }) => id) } },
    { question: 1, lastDay: 1, dueOn: 1 },
  ).lean<StoredMemory[]>()
  const known = new Map(met.map(memory => [idText(memory.question), memory]))
  const reserved = new Set(need.ahead.flatMap(({ questionIds }) => questionIds))
  const used = new Set([...need.dueIds, ...need.fresh])
  return drawn
    .filter(({ id }) => !used.has(id))
    .map(({ id }) => ({ id, memory: known.get(id) }))
    .filter(
      ({ memory }) =>
        !memory || (memory.dueOn === null && memory.lastDay <= addDays(need.day, -AGAIN_AFTER_DAYS)),
    )
    .map(({ id, memory }) => ({ question: id, lastDay: memory?.lastDay ?? null, reserved: reserved.has(id) }))
}
