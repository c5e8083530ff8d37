import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { binaryOf, rank, rankOf } from '../value/order.ts'
import type { Doc } from '../value/document.ts'

/** The test of one of the operators `$bitsAllSet`, `$bitsAnySet`, `$bitsAllClear` and `$bitsAnyClear`. */
export function bitTest(name: string, wanted: unknown): (value: unknown) => boolean {
  const mask = maskOf(name, wanted)
  return value => {
    const bits = bitsOf(value)
    if (bits === undefined) return false
    if (name === '$bitsAllSet') return (bits & mask) === mask
    if (name === '$bitsAnySet') return (bits & mask) !== 0n
    return name === '$bitsAllClear' ? (bits & mask) === 0n : (bits & mask) !== mask
  }
}

/** Whole numbers by their sign-extended bits, bytes with the lowest first; other values have no bits. */
function bitsOf(value: unknown): bigint | undefined {
  if (rankOf(value) === rank.binary)
    return BigInt(
      '0x0' +
        Buffer.from(binaryOf(value as Doc).bytes)
          .reverse()
          .toString('hex'),
    )
  if (rankOf(value) !== rank.number || !Number.isInteger(toNumber(value))) return undefined
  const text = String(value)
  const whole = /^-?\d+$/.test(text) ? BigInt(text) : BigInt(toNumber(value))
  return BigInt.asIntN(64, whole) === whole ? whole : undefined
}

function maskOf(name: string, wanted: unknown): bigint {
  if (Array.isArray(wanted)) {
    const places = wanted.map(toNumber)
    if (places.every(place => Number.isInteger(place) && place >= 0))
      return places.reduce((mask, place) => mask | (1n << BigInt(place)), 0n)
  }
  const mask = Array.isArray(wanted) ? undefined : bitsOf(wanted)
  if (mask !== undefined && mask >= 0n) return mask
  throw new MongoError('BadValue', `${name} needs bit positions, a whole number of at least 0 or bytes`)
}
