import { compareStrings } from '../value/order.ts'
import { isPlace } from '../value/path.ts'

/**
 * The order in which an update works on its paths, and so adds new fields: step by step by name, places as numbers.
 * MongoDB does so since 5.0 (manual, “Update Operators Behavior”).
 */
export function comparePaths(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compareSteps(a[i] as string, b[i] as string)
    if (order) return order
  }
  return a.length - b.length
}

function compareSteps(a: string, b: string): number {
  if (a === b) return 0
  return isPlace(a) && isPlace(b) ? Number(a) - Number(b) : compareStrings(a, b)
}
