import type { Doc } from './document.ts'

/** A number written as coefficient × 10^exponent, exactly. */
export interface Exact {
  coefficient: bigint
  exponent: number
}

/** The nearest double of any BSON number. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return Number((value as object).toString())
}

/** The order of two BSON numbers of any types: NaN first, doubles and decimals by their exact values. */
export function compareNumbers(a: unknown, b: unknown): number {
  const x = toNumber(a)
  const y = toNumber(b)
  if (x < y) return -1
  if (x > y) return 1
  if (x !== y) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1
  if ((typeof a === 'number' && typeof b === 'number') || !Number.isFinite(x)) return 0
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
  if (typeof value === 'number' || !Number.isFinite(first)) return key + '\x80'
  let rest = subtract(exact(value), exact(first))
  while (rest.coefficient !== 0n) {
    const part = Number(`${rest.coefficient}e${rest.exponent}`)
    key += (rest.coefficient < 0n ? '\x40' : '\xc0') + doubleKey(part)
    if (part === 0) break
    rest = subtract(rest, exact(part))
  }
  return key + '\x80'
}

/** The sum or the product of two BSON numbers, in the wider of their types. */
export function combine(a: unknown, b: unknown, how: 'add' | 'multiply', make: NumberMakers): unknown {
  const types = [(a as Doc)._bsontype, (b as Doc)._bsontype]
  if (types.includes('Decimal128')) {
    const [x, y] = [exact(a), exact(b)]
    const negated = { coefficient: -y.coefficient, exponent: y.exponent }
    const product = { coefficient: x.coefficient * y.coefficient, exponent: x.exponent + y.exponent }
    const { coefficient, exponent } = how === 'add' ? subtract(x, negated) : product
    return make.decimal(`${coefficient}E${exponent}`)
  }
  const [x, y] = [toNumber(a), toNumber(b)]
  const result = how === 'add' ? x + y : x * y
  const whole = types.includes('Long') && Number.isInteger(x) && Number.isInteger(y)
  if (!whole) return result
  const [left, right] = [BigInt(String(a)), BigInt(String(b))]
  return make.long(how === 'add' ? left + right : left * right)
}

/** How the wide number types are made. */
export interface NumberMakers {
  decimal(digits: string): unknown
  long(value: bigint): unknown
}

/** A BSON number that is neither NaN nor infinite, as it is. */
export function exact(value: unknown): Exact {
  if (typeof value === 'number') return exactDouble(value)
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
