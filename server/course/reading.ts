import type { Block } from '#shared/course'

/**
 * Characters a second above which nobody has read the text. Adults read Chinese silently at about 260 words a minute
 * (Brysbaert 2019, “How many words do we read per minute?”), that is some 7 characters a second; 25 is more than three
 * times that, so a quick reader is never held up and only leafing through is.
 */
export const FASTEST_CHARS_PER_SECOND = 25

/** How far somebody came in a lesson, kept only until it is finished. */
export interface Progress {
  /** Sections reached so far, from the first without gaps. */
  reached: number
  /** When the first section was reached. */
  startedAt: Date
}

/** Characters of a lesson's text, spaces not counted. */
export function charsOf(blocks: readonly Block[]): number {
  return blocks.flatMap(spansOf).reduce((sum, { text }) => sum + text.replace(/\s/gu, '').length, 0)
}

const spansOf = (block: Block) => (block.type === 'list' ? block.items.flat() : block.spans)

/** What reaching a section leads to; `order` when the one before was not reached. */
export type Reached = { order: false } | { order: true; progress: Progress; moved: boolean }

/** Reaching section `section` (0 is the first) at a moment. Reaching one again changes nothing. */
export function reachSection(progress: Progress | null, section: number, now: Date): Reached {
  const current = progress ?? { reached: 0, startedAt: now }
  if (section > current.reached) return { order: false }
  if (section < current.reached) return { order: true, progress: current, moved: false }
  return { order: true, progress: { ...current, reached: section + 1 }, moved: true }
}

/** Whole seconds until a lesson of `chars` characters may be finished; 0 when its pace is plausible. */
export function waitOf(chars: number, startedAt: Date, now: Date): number {
  const seconds = (now.getTime() - startedAt.getTime()) / 1000
  return Math.max(0, Math.ceil(chars / FASTEST_CHARS_PER_SECOND - seconds))
}
