import { encode } from './encode.ts'

/** Whether two values are the same down to their types and bytes, so that one written over the other changes nothing. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return Buffer.compare(encode({ a }), encode({ a: b })) === 0
}
