import type { Level } from './metadata/level.ts'
import type { Region } from './metadata/region.ts'

/** 效力层级: of clauses that fit a question alike, the higher one comes first. Small beside what words tell. */
const LEVEL_WEIGHTS: Record<Level, number> = {
  constitution: 0.3,
  law: 0.3,
  regulation: 0.2,
  interpretation: 0.2,
  party: 0.2,
  'local-regulation': 0.1,
  rule: 0.1,
  normative: 0,
}
/** What a document of one's own place is worth more, a level of place each; and of another place less. */
const NEARER = 0.1
const ELSEWHERE = -3

/**
 * What is added to the score of each article of a document, for those who are at `home` (the widest place first; empty
 * where nobody told): a rule of another place hardly ever applies to them.
 */
export function documentWeight(level: Level, { path }: Region, home: readonly string[]): number {
  if (home.length === 0) return LEVEL_WEIGHTS[level]
  const here = path.every(place => home.includes(place))
  return LEVEL_WEIGHTS[level] + (here ? NEARER * path.length : ELSEWHERE)
}
