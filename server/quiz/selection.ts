import type { Day } from '#shared/day'
import type { Reason } from '#shared/quiz'

/** design/product.md: five questions a day, never more however long one was away. */
export const QUESTIONS_A_DAY = 5

/** Due reviews looked at for one paper; what lies beyond waits for the next day. */
export const DUE_READ = 200

/** What a day's paper may be made of, each list in the order it should be used. */
export interface Choice {
  /** Due reviews, the oldest first. */
  due: readonly string[]
  /** The lesson's own questions that were not met yet, in the lesson's order. */
  lesson: readonly string[]
  /** Questions of the chosen topics. */
  topic: readonly Candidate[]
  /** Questions already answered today, anywhere: they do not come again. */
  answeredToday: ReadonlySet<string>
}

/** A question that could be drawn from a topic. */
export interface Candidate {
  question: string
  /** When it was answered last; null when it was never met. */
  lastDay: Day | null
  /** Belongs to a lesson that is still to come, so it is better left for it. */
  reserved: boolean
}

/** A question chosen for a paper, and why. */
export interface Selected {
  question: string
  reason: Reason
}

/**
 * The questions of a day's paper: due reviews, then the lesson's own, then topics; at most five, none twice. The same
 * choice and seed give the same paper.
 */
export function select(choice: Choice, seed: string): Selected[] {
  const queue: Selected[] = [
    ...choice.due.map(question => ({ question, reason: 'review' as const })),
    ...choice.lesson.map(question => ({ question, reason: 'lesson' as const })),
    ...inDrawOrder(choice.topic, seed).map(question => ({ question, reason: 'topic' as const })),
  ]
  const taken = new Set(choice.answeredToday)
  const selected: Selected[] = []
  for (const item of queue) {
    if (selected.length === QUESTIONS_A_DAY) break
    if (taken.has(item.question)) continue
    taken.add(item.question)
    selected.push(item)
  }
  return selected
}

/** New ones before those kept for a lesson, these before ones met long ago; among equals the seed decides. */
function inDrawOrder(candidates: readonly Candidate[], seed: string): string[] {
  const rank = ({ lastDay, reserved }: Candidate) => (lastDay !== null ? 2 : reserved ? 1 : 0)
  return candidates
    .map(candidate => ({ ...candidate, draw: fraction(`${seed}:${candidate.question}`) }))
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        compare(a.lastDay ?? '', b.lastDay ?? '') ||
        a.draw - b.draw ||
        compare(a.question, b.question),
    )
    .map(candidate => candidate.question)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A number in [0, 1) made from a text; the same text gives the same number (FNV-1a, then the mixer of murmur3). */
export function fraction(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
