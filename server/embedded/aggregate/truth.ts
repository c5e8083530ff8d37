import { toNumber } from '../value/number.ts'
import { rank, rankOf } from '../value/order.ts'

/** Whether an expression's value counts as true. */
export function truthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false
  return rankOf(value) !== rank.number || toNumber(value) !== 0
}
