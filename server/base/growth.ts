import type { Figures } from './database.ts'
import type { Log } from './log.ts'
import { wording } from './wording.ts'

const LOOK_MS = 3_600_000
const DAY_MS = 24 * LOOK_MS
const MEGABYTE = 1024 * 1024

/** When the embedded database is called outgrown, and who hears of it. */
export interface Growth {
  figures: () => Promise<Figures>
  /** From how many bytes of documents on. */
  limit: number
  now: () => Date
  log: Log
}

/** True when the data are more than they should be; what is not known is not too much. */
export const hasOutgrown = ({ bytes }: Figures, limit: number): boolean =>
  bytes !== undefined && bytes > limit

/** Looks now and every hour, and says once a day that the data have outgrown the embedded database. Answers the end. */
export function watchGrowth(growth: Growth): () => void {
  let toldAt = -Infinity
  const look = async (): Promise<void> => {
    const { figures, limit, now, log } = growth
    const found = await figures()
    if (!hasOutgrown(found, limit) || now().getTime() - toldAt < DAY_MS) return
    toldAt = now().getTime()
    log.warn(found, wording.outgrown(Math.round((found.bytes ?? 0) / MEGABYTE), Math.round(limit / MEGABYTE)))
  }
  const safely = () => void look().catch((error: unknown) => growth.log.error({ error }, 'growth not known'))
  safely()
  const timer = setInterval(safely, LOOK_MS).unref()
  return () => clearInterval(timer)
}
