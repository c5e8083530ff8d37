import { Decimal128, Long } from 'bson'
import type { Doc } from './document.ts'
import { MongoError, notSupported } from './error.ts'
import { asDouble, exact, isInt32, toNumber, type Exact } from './number.ts'
import { rank, rankOf } from './order.ts'

/** The four operations and the remainder. */
export type Operation = 'add' | 'subtract' | 'multiply' | 'divide' | 'mod'

const bsonType = (value: unknown) => (value as Doc | null | undefined)?._bsontype as unknown
const isDecimal = (value: unknown) => bsonType(value) === 'Decimal128'
const isLong = (value: unknown) => bsonType(value) === 'Long'
/** A whole number as an int, or as a long when it does not fit. */
export const intOf = (value: number) => (isInt32(value) ? value : Long.fromNumber(value))

/** Whether the value is a BSON number of any type. */
export const isNumber = (value: unknown) => rankOf(value) === rank.number

/** The value, but a whole or binary number that BSON wraps as JavaScript's own number. */
export const unwrapped = (value: unknown) =>
  bsonType(value) === 'Int32' || bsonType(value) === 'Double' ? toNumber(value) : value

/** A whole number as a long, or as the nearest double when it does not fit. */
export const longOf = (value: bigint) =>
  BigInt.asIntN(64, value) === value ? Long.fromBigInt(value) : Number(value)

/** A decimal by its digits, rounded to the 34 that it holds. */
export const decimalOf = ({ coefficient, exponent }: Exact) =>
  Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`)

/** Any number as a decimal; doubles by their first 15 digits, as MongoDB takes them. */
export function toDecimal(value: unknown): Decimal128 {
  if (isDecimal(value)) return value as Decimal128
  const plain = unwrapped(value)
  if (typeof plain !== 'number' || Number.isInteger(plain))
    return Decimal128.fromStringWithRounding(String(plain))
  return Decimal128.fromString(Number.isFinite(plain) ? plain.toPrecision(15) : String(plain))
}

/** The double that a number is, for what is not computed with decimals: those are refused by the operator's name. */
export function doubleOf(name: string, value: unknown): number {
  if (isDecimal(value)) throw notSupported(`${name} of a Decimal128`)
  return toNumber(value)
}

const isSpecial = (value: unknown) => /[Nn]a[Nn]|[Ii]nf/.test(String(value))

/** The result of an operation on two BSON numbers, in the wider of their types. */
export function calculate(operation: Operation, left: unknown, right: unknown): unknown {
  const [a, b] = [unwrapped(left), unwrapped(right)]
  const byZero = (operation === 'divide' || operation === 'mod') && toNumber(b) === 0
  if (byZero) throw new MongoError('BadValue', `can't $${operation} by zero`)
  if (isDecimal(a) || isDecimal(b)) return onDecimals(operation, toDecimal(a), toDecimal(b))
  const [x, y] = [toNumber(a), toNumber(b)]
  if (operation === 'divide' || [left, right].some(isDouble)) return asDouble(onDoubles(operation, x, y))
  if (isLong(a) || isLong(b)) return longOf(onWhole(operation, BigInt(String(a)), BigInt(String(b))))
  const result = onDoubles(operation, x, y) + 0
  return Number.isSafeInteger(result) ? intOf(result) : longOf(onWhole(operation, BigInt(x), BigInt(y)))
}

/** Whether a number is a double: JavaScript's, but for those that an int can hold. */
export const isDouble = (value: unknown) =>
  typeof value === 'number' ? !isInt32(value) : bsonType(value) === 'Double'

function onDoubles(operation: Operation, a: number, b: number): number {
  if (operation === 'add') return a + b
  if (operation === 'subtract') return a - b
  if (operation === 'multiply') return a * b
  return operation === 'divide' ? a / b : a % b
}

function onWhole(operation: Operation, a: bigint, b: bigint): bigint {
  if (operation === 'add') return a + b
  if (operation === 'subtract') return a - b
  return operation === 'multiply' ? a * b : a % b
}

function onDecimals(operation: Operation, left: Decimal128, right: Decimal128): Decimal128 {
  if (isSpecial(left) || isSpecial(right))
    return Decimal128.fromString(String(onDoubles(operation, toNumber(left), toNumber(right))))
  const [a, b] = [exact(left), exact(right)]
  if (operation === 'divide') return decimalOf(quotient(a, b))
  if (operation === 'multiply')
    return decimalOf({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent })
  const exponent = Math.min(a.exponent, b.exponent)
  const scaled = (x: Exact) => x.coefficient * 10n ** BigInt(x.exponent - exponent)
  return decimalOf({ coefficient: onWhole(operation, scaled(a), scaled(b)), exponent })
}

/** 36 digits and one more for what is left over decide how 34 are rounded. */
function quotient(a: Exact, b: Exact): Exact {
  const digits = (x: Exact) => String(x.coefficient).length
  const more = Math.max(0, 36 + digits(b) - digits(a))
  const scaled = a.coefficient * 10n ** BigInt(more)
  let coefficient = scaled / b.coefficient
  let exponent = a.exponent - b.exponent - more
  if (scaled % b.coefficient)
    return { coefficient: coefficient * 10n + (coefficient < 0n ? -1n : 1n), exponent: exponent - 1 }
  for (; coefficient % 10n === 0n && exponent < a.exponent - b.exponent; exponent++) coefficient /= 10n
  return { coefficient, exponent }
}

/** Ways to make a number of fewer digits; `round` takes the even neighbour of a half. */
export type Rounding = 'round' | 'trunc' | 'ceil' | 'floor'

/** A number with so many places behind the point, or whole tens, hundreds and so on for places below 0. */
export function roundTo(how: Rounding, value: unknown, places: number): unknown {
  const plain = unwrapped(value)
  if (isSpecial(plain)) return plain
  const given = exact(plain)
  const drop = -places - given.exponent
  if (drop <= 0) return value
  const coefficient = shortened(how, given.coefficient, 10n ** BigInt(drop))
  if (isDecimal(plain)) return decimalOf({ coefficient, exponent: -places })
  if (isLong(plain)) return longOf(places > 0 ? coefficient : coefficient * 10n ** BigInt(-places))
  const number = Number(`${coefficient}e${-places}`)
  return isDouble(value) ? asDouble(number) : intOf(number)
}

function shortened(how: Rounding, value: bigint, by: bigint): bigint {
  const [whole, rest] = [value / by, value % by]
  const away = value < 0n ? -1n : 1n
  const twice = 2n * (rest < 0n ? -rest : rest)
  if (how === 'round') return twice > by || (twice === by && whole % 2n) ? whole + away : whole
  if (how === 'trunc' || !rest) return whole
  return (how === 'ceil') === away > 0n ? whole + away : whole
}
