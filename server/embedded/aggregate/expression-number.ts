import { Decimal128, Long } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { asDouble, toNumber } from '../value/number.ts'
import { typeName } from '../query/bson-type.ts'
import { applied, isNothing, operatorsOf, withNames, type Operator } from './applied.ts'
import {
  calculate,
  doubleOf,
  intOf,
  isDouble,
  isNumber,
  longOf,
  roundTo,
  unwrapped,
  type Operation,
  type Rounding,
} from '../value/arithmetic.ts'
import { convert, convertTo } from './convert.ts'

function refuseOther(name: string, value: unknown): never {
  throw new MongoError('TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`)
}

function calculated(name: string, operation: Operation, a: unknown, b: unknown): unknown {
  for (const value of [a, b]) if (!isNumber(value)) refuseOther(name, value)
  return calculate(operation, a, b)
}

/** Dates count as their milliseconds. */
function add(values: unknown[]): unknown {
  if (values.some(isNothing)) return null
  const dates = values.filter(value => value instanceof Date)
  if (dates.length > 1) throw new MongoError('TypeMismatch', 'only one date allowed in an $add expression')
  const sum = values
    .filter(value => !(value instanceof Date))
    .reduce((total, value) => calculated('$add', 'add', total, value), 0)
  return dates.length ? shifted(dates[0] as Date, sum) : sum
}

const shifted = (date: Date, by: unknown) => new Date(Number(date) + Math.trunc(toNumber(by)))

function subtract([a, b]: unknown[]): unknown {
  if (isNothing(a) || isNothing(b)) return null
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(Number(a) - Number(b))
  if (a instanceof Date && isNumber(b)) return shifted(a, calculate('subtract', 0, b))
  return calculated('$subtract', 'subtract', a, b)
}

function multiply(values: unknown[]): unknown {
  if (values.some(isNothing)) return null
  return values.reduce((total, value) => calculated('$multiply', 'multiply', total, value), 1)
}

const dividing =
  (operation: Operation) =>
  ([a, b]: unknown[]): unknown =>
    isNothing(a) || isNothing(b) ? null : calculated(`$${operation}`, operation, a, b)

function absolute([value]: unknown[]): unknown {
  if (isNothing(value)) return null
  if (!isNumber(value)) refuseOther('$abs', value)
  const plain = unwrapped(value)
  if (typeof plain === 'number') return isDouble(value) ? asDouble(Math.abs(plain)) : intOf(Math.abs(plain))
  if (plain instanceof Decimal128) return Decimal128.fromString(plain.toString().replace('-', ''))
  const long = BigInt(String(plain))
  if (long === -(2n ** 63n)) throw new MongoError('BadValue', "can't take $abs of long long min")
  return longOf(long < 0n ? -long : long)
}

const rounding =
  (name: string, how: Rounding) =>
  ([value, places = 0]: unknown[]): unknown => {
    if (isNothing(value) || isNothing(places)) return null
    if (!isNumber(value)) refuseOther(name, value)
    const count = toNumber(places)
    if (!Number.isInteger(count) || count < -20 || count > 100)
      throw new MongoError('BadValue', `cannot apply ${name} with precision value ${String(places)}`)
    return roundTo(how, value, count)
  }

/** A power of whole numbers is exact as long as it fits a long. */
function power([base, exponent]: unknown[]): unknown {
  if (isNothing(base) || isNothing(exponent)) return null
  for (const value of [base, exponent]) if (!isNumber(value)) refuseOther('$pow', value)
  const result = doubleOf('$pow', base) ** doubleOf('$pow', exponent)
  if ([base, exponent].some(isDouble) || toNumber(exponent) < 0 || Math.abs(result) > 2 ** 64)
    return asDouble(result)
  const exact = longOf(BigInt(String(unwrapped(base))) ** BigInt(String(unwrapped(exponent))))
  return [base, exponent].some(value => value instanceof Long) || !Number.isSafeInteger(result)
    ? exact
    : intOf(result)
}

/** A function of doubles; null stays null. */
const onDoubles = (name: string, of: (...values: number[]) => number) =>
  applied(name, of.length || 1, of.length || 1, values => {
    if (values.some(isNothing)) return null
    for (const value of values) if (!isNumber(value)) refuseOther(name, value)
    const numbers = values.map(value => doubleOf(name, value))
    const result = of(...numbers)
    if (Number.isNaN(result) && !numbers.some(Number.isNaN))
      throw new MongoError('BadValue', `cannot apply ${name} to ${values.map(String).join(', ')}`)
    return asDouble(result)
  })

/** Logarithms are of numbers above 0. */
const ofPositive = (of: (value: number) => number) => (value: number) => (value > 0 ? of(value) : NaN)
const log2 = (value: number, base: number) => (base === 1 ? NaN : Math.log(value) / Math.log(base))
/** Bases of whole results give them exactly. */
const logarithm = (value: number, base: number) => {
  const near = Math.round(log2(value, base))
  return value > 0 && base > 0 && base ** near === value && base !== 1
    ? near
    : value > 0
      ? log2(value, base)
      : NaN
}

const doubles: Record<string, (...values: number[]) => number> = {
  $exp: value => Math.exp(value),
  $ln: value => ofPositive(Math.log)(value),
  $log10: value => ofPositive(Math.log10)(value),
  $log: (value, base) => logarithm(value as number, base as number),
  $sqrt: value => Math.sqrt(value as number),
  $sin: value => Math.sin(value as number),
  $cos: value => Math.cos(value as number),
  $tan: value => Math.tan(value as number),
  $sinh: value => Math.sinh(value as number),
  $cosh: value => Math.cosh(value as number),
  $tanh: value => Math.tanh(value as number),
  $asin: value => Math.asin(value as number),
  $acos: value => Math.acos(value as number),
  $atan: value => Math.atan(value as number),
  $atan2: (y, x) => Math.atan2(y as number, x as number),
  $asinh: value => Math.asinh(value as number),
  $acosh: value => Math.acosh(value as number),
  $atanh: value => Math.atanh(value as number),
  $degreesToRadians: value => ((value as number) * Math.PI) / 180,
  $radiansToDegrees: value => ((value as number) * 180) / Math.PI,
}

/** A function of whole numbers by their 64 bits. */
const onBits = (name: string, most: number, of: (values: bigint[]) => bigint) =>
  applied(name, most === 1 ? 1 : 0, most, values => {
    if (values.some(isNothing)) return null
    const whole = values.map(value => {
      if (!isNumber(value) || !/^-?\d+$/.test(String(unwrapped(value)))) refuseOther(name, value)
      return BigInt(String(value))
    })
    const result = of(whole)
    const isLong = values.some(value => value instanceof Long) || !Number.isSafeInteger(Number(result))
    return isLong ? longOf(result) : intOf(Number(result))
  })

/** The operators on numbers, and those that make one type of another. */
export const numberOperators: Record<string, Operator> = {
  ...operatorsOf(doubles, onDoubles),
  $bitAnd: onBits('$bitAnd', Infinity, values => values.reduce((a, b) => a & b, -1n)),
  $bitOr: onBits('$bitOr', Infinity, values => values.reduce((a, b) => a | b, 0n)),
  $bitXor: onBits('$bitXor', Infinity, values => values.reduce((a, b) => a ^ b, 0n)),
  $bitNot: onBits('$bitNot', 1, ([value = 0n]) => ~value),
  $add: applied('$add', 0, Infinity, add),
  $subtract: applied('$subtract', 2, 2, subtract),
  $multiply: applied('$multiply', 0, Infinity, multiply),
  $divide: applied('$divide', 2, 2, dividing('divide')),
  $mod: applied('$mod', 2, 2, dividing('mod')),
  $abs: applied('$abs', 1, 1, absolute),
  $pow: applied('$pow', 2, 2, power),
  $ceil: applied('$ceil', 1, 1, rounding('$ceil', 'ceil')),
  $floor: applied('$floor', 1, 1, rounding('$floor', 'floor')),
  $round: applied('$round', 1, 2, rounding('$round', 'round')),
  $trunc: applied('$trunc', 1, 2, rounding('$trunc', 'trunc')),
  $convert: withNames('$convert', ['input', 'to', 'onError', 'onNull'], (given: Doc) => convert(given)),
  ...operatorsOf(
    {
      $toInt: 'int',
      $toLong: 'long',
      $toDouble: 'double',
      $toDecimal: 'decimal',
      $toBool: 'bool',
      $toDate: 'date',
      $toString: 'string',
      $toObjectId: 'objectId',
    },
    (name, type) => applied(name, 1, 1, ([value]) => convertTo(type, value)),
  ),
  $type: applied('$type', 1, 1, ([value]) => typeName(value)),
  $isNumber: applied('$isNumber', 1, 1, ([value]) => isNumber(value)),
}
