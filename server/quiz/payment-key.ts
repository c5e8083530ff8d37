import type { Day } from '#shared/day'

/** A question of a daily paper, paid at its first right answer. */
export const questionKey = (paper: string, question: string): string => `question:${paper}:${question}`

/** The same question, paid after a correction. Without the version: however often it is corrected, it is paid once. */
export const correctionKey = (paper: string, question: string): string => `correction:${paper}:${question}`

/** The review session of a day. */
export const reviewKey = (day: Day): string => `review:${day}`
