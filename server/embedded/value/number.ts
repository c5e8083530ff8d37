import { Double, type Long } from 'bson'
import type { Doc } from './document.ts'

/** A number written as coefficient × 10^exponent, exactly. */
export interface Exact {
  coefficient: bigint
  exponent: number
}

const typeOf = (value: unknown) => (value as Doc | null | undefined)?._bsontype as string | undefined

/** Whether an int could hold the number. Negative zero is a double. */
export const isInt32 = (value: number) => (value | 0) === value && !Object.is(value, -0)

/** A whole number that an int could hold too is marked as a double; others are doubles already. */
export const asDouble = (value: number): number | Double => (isInt32(value) ? new Double(value) : value)

/** Whether the number is of one of the types that can say more than a double. */
function isWide(value: unknown): boolean {
  if (typeof value === 'number') return false
  const type = typeOf(value)
  return type === 'Long' || type === 'Decimal128'
}

/** The nearest double of any BSON number. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  const type = typeOf(value)
  if (type === 'Double' || type === 'Int32') return (value as Double).value
  return type === 'Long' ? (value as Long).toNumber() : Number(String(value))
}

/** The order of two BSON numbers of any types: NaN first, doubles and decimals by their exact values. */
export function compareNumbers(a: unknown, b: unknown): number {
  const x = toNumber(a)
  const y = toNumber(b)
  if (x < y) return -1
  if (x > y) return 1
  if (x !== y) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1
  if ((!isWide(a) && !isWide(b)) || !Number.isFinite(x)) return 0
  const difference = subtract(exact(a), exact(b)).coefficient
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const bytes = Buffer.alloc(8)

/** Eight characters that sort as the doubles do. */
export function doubleKey(value: number): string {
  if (Number.isNaN(value)) return '\0'.repeat(8)
  bytes.writeDoubleBE(value === 0 ? 0 : value)
  if ((bytes[0] as number) & 0x80) for (let i = 0; i < 8; i++) bytes[i] = ~(bytes[i] as number)
  else bytes[0] = (bytes[0] as number) ^ 0x80
  return bytes.toString('latin1')
}

/**
 * Characters that sort as BSON numbers do: the nearest double, then what is left of the value, as a double again.
 * Rounding never changes the order, so equal first parts leave the decision to the rest.
 */
export function numberKey(value: unknown): string {
  const first = toNumber(value)
  let key = doubleKey(first)
  if (!isWide(value) || !Number.isFinite(first)) return key + '\x80'
  let rest = subtract(exact(value), exact(first))
  while (rest.coefficient !== 0n) {
    const part = Number(`${rest.coefficient}e${rest.exponent}`)
    key += (rest.coefficient < 0n ? '\x40' : '\xc0') + doubleKey(part)
    if (part === 0) break
    rest = subtract(rest, exact(part))
  }
  return key + '\x80'
}

/** A BSON number that is neither NaN nor infinite, as it is. */
export function exact(value: unknown): Exact {
  if (!isWide(value)) return exactDouble(toNumber(value))
  const [, digits = '0', fraction = '', exponent = '0'] =
    /^(-?\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec((value as object).toString()) ?? []
  return { coefficient: BigInt(digits + fraction), exponent: Number(exponent) - fraction.length }
}

function exactDouble(value: number): Exact {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 }
  let power = 0
  let mantissa = value
  for (; !Number.isInteger(mantissa); power++) mantissa *= 2
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(power), exponent: -power }
}

function subtract(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent)
  const scale = (x: Exact) => x.coefficient * 10n ** BigInt(x.exponent - exponent)
  return { coefficient: scale(a) - scale(b), exponent }
}
