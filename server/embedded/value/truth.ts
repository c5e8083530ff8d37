import { toNumber } from './number.ts'
import { rank, rankOf } from './order.ts'

/** Whether a value counts as true. */
export function truthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false
  return rankOf(value) !== rank.number || toNumber(value) !== 0
}
