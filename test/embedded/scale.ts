import { randomInt } from 'node:crypto'

/** Whether the tests of the database run in full (`npm run check:database`) or briefly, as in `npm test`. */
const full = process.env.DATABASE_CHECK === 'full'

/** How many rounds, writes, queries or frames a test has. */
export const scaled = (brief: number, whole: number) => (full ? whole : brief)

/** What every random choice comes from; set DATABASE_SEED to what a failure has printed to see it again. */
export const seed = Number(process.env.DATABASE_SEED ?? randomInt(2 ** 31))

/** Tells the figures of a full run. */
export function tell(figures: string): void {
  if (full) process.stdout.write(`    ${figures}\n`)
}
