import { createEmptyCard, fsrs, Rating, State } from 'ts-fsrs'
import { addDays, type Day, daysFrom, startOf } from '#shared/day'

/** What FSRS knows of one question and one cadre. */
export interface Card {
  stability: number
  difficulty: number
  reps: number
  lapses: number
  /** Days it gave the last time. */
  scheduledDays: number
  reviewedOn: Day
}

/** How well a cadre knows a question. */
export interface Memory {
  /** The day it was first answered. */
  firstDay: Day
  /** The day it was answered last. */
  lastDay: Day
  /** How often it was answered wrong or guessed. */
  missed: number
  /** The day it comes back; null when it needs no review. */
  dueOn: Day | null
  card: Card | null
  /** Answered right, not guessed, seven or more days after the first time; lost when answered wrong. */
  mastered: boolean
}

/** How a question was answered. Speed is never a grade. */
export interface Answered {
  correct: boolean
  /** 我猜的 */
  guessed: boolean
}

/** 90 % is the default of FSRS. Day granularity: no steps of minutes. Fuzz is off, `lighterDay` spreads instead. */
const scheduler = fsrs({
  request_retention: 0.9,
  maximum_interval: 365,
  enable_fuzz: false,
  enable_short_term: false,
})

/** A question whose next interval would be longer than this has left review: half a year is known by heart. */
export const LONGEST_INTERVAL_DAYS = 180

/** design/product.md, “已掌握”. */
const MASTERED_AFTER_DAYS = 7

/**
 * What a cadre knows after the first answer of a day. Only wrong or guessed answers begin a review; a question that was
 * right at once just stays met. An answer on a day that already counted changes nothing: the first of the day counts.
 */
export function remember(before: Memory | null, answered: Answered, day: Day): Memory {
  if (before && before.lastDay >= day) return before
  const shaky = !answered.correct || answered.guessed
  const firstDay = before?.firstDay ?? day
  const reviews = shaky || (before?.dueOn ?? null) !== null
  const card = reviews ? nextCard(before?.card ?? null, answered, day) : (before?.card ?? null)
  const left = card !== null && !shaky && card.scheduledDays > LONGEST_INTERVAL_DAYS
  return {
    firstDay,
    lastDay: day,
    missed: (before?.missed ?? 0) + (shaky ? 1 : 0),
    dueOn: card === null || !reviews || left ? null : addDays(day, card.scheduledDays),
    card,
    mastered: isMastered(before, answered, daysFrom(firstDay, day)),
  }
}

function isMastered(before: Memory | null, { correct, guessed }: Answered, daysKnown: number): boolean {
  if (!correct) return false
  return (before?.mastered ?? false) || (!guessed && daysKnown >= MASTERED_AFTER_DAYS)
}

function nextCard(before: Card | null, { correct, guessed }: Answered, day: Day): Card {
  const rating = !correct ? Rating.Again : guessed ? Rating.Hard : Rating.Good
  const { card } = scheduler.next(
    before ? asFsrs(before) : createEmptyCard(startOf(day)),
    startOf(day),
    rating,
  )
  return {
    stability: card.stability,
    difficulty: card.difficulty,
    reps: card.reps,
    lapses: card.lapses,
    scheduledDays: Math.max(1, Math.round(card.scheduled_days)),
    reviewedOn: day,
  }
}

const asFsrs = (card: Card) => ({
  due: startOf(addDays(card.reviewedOn, card.scheduledDays)),
  stability: card.stability,
  difficulty: card.difficulty,
  elapsed_days: 0,
  scheduled_days: card.scheduledDays,
  learning_steps: 0,
  reps: card.reps,
  lapses: card.lapses,
  state: State.Review,
  last_review: startOf(card.reviewedOn),
})

/** Most questions that come due on one day: with five a day, at least two stay for the lesson. */
export const DUE_PER_DAY = 3

/** How many days a due day may move: 10 % of its interval, at least 2. */
const slackOf = (interval: number): number => Math.max(2, Math.round(interval / 10))

/** The days on which a question due on `dueOn` could come back instead, both included. */
export function daysAround(dueOn: Day, today: Day): { from: Day; to: Day } {
  const slack = slackOf(daysFrom(today, dueOn))
  const earliest = addDays(dueOn, -slack)
  return { from: earliest > today ? earliest : addDays(today, 1), to: addDays(dueOn, slack) }
}

/**
 * The day nearest to `dueOn` that does not hold `DUE_PER_DAY` yet, the later of two alike; where all days around are
 * full, the lightest of them. `load` counts what is due on each day. Never today.
 */
export function lighterDay(dueOn: Day, today: Day, load: ReadonlyMap<Day, number>): Day {
  const { from, to } = daysAround(dueOn, today)
  const days = Array.from({ length: daysFrom(from, to) + 1 }, (_, index) => addDays(from, index))
  const held = (day: Day) => Math.max(DUE_PER_DAY - 1, load.get(day) ?? 0)
  const far = (day: Day) => Math.abs(daysFrom(dueOn, day))
  days.sort((a, b) => held(a) - held(b) || far(a) - far(b) || (a > b ? -1 : 1))
  return days[0] ?? dueOn
}

/** How many questions wait on each day. */
export function loadOf(memories: readonly Pick<Memory, 'dueOn'>[]): Map<Day, number> {
  const load = new Map<Day, number>()
  for (const { dueOn } of memories) if (dueOn) load.set(dueOn, (load.get(dueOn) ?? 0) + 1)
  return load
}

/** Days `count` overdue questions move to, in order: the first days after today with room for them. */
export function respread(count: number, today: Day, load: ReadonlyMap<Day, number>): Day[] {
  const days: Day[] = []
  for (let day = addDays(today, 1); days.length < count; day = addDays(day, 1)) {
    const room = Math.max(0, DUE_PER_DAY - (load.get(day) ?? 0))
    for (let free = Math.min(room, count - days.length); free > 0; free -= 1) days.push(day)
  }
  return days
}

/** A miss that was none, after a correction of the key: it is taken out, and a review only it had begun ends. */
export function relieve(memory: Memory, answeredOn: Day): Memory {
  const missed = Math.max(0, memory.missed - 1)
  const untouched = missed === 0 && memory.lastDay === answeredOn
  return { ...memory, missed, ...(untouched && { dueOn: null, card: null }) }
}

/** A right answer that was none, after a correction of the key: the question comes back, so that the new key is learnt. */
export function relearn(memory: Memory, today: Day): Memory {
  const card = nextCard(memory.card, { correct: false, guessed: false }, today)
  return {
    ...memory,
    missed: memory.missed + 1,
    mastered: false,
    card,
    dueOn: addDays(today, card.scheduledDays),
  }
}
