import { Decimal128, Long, ObjectId } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { asDouble, toNumber } from '../value/number.ts'
import { isNumber, roundTo, toDecimal, unwrapped } from '../value/arithmetic.ts'
import { truthy } from '../value/truth.ts'
import { typeName, typeOfNumber } from '../query/bson-type.ts'

const failure = (value: unknown, to: string, why = '') =>
  new MongoError(
    'ConversionFailure',
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value${why && `: ${why}`}`,
  )

const numeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

function whole(value: unknown, to: 'int' | 'long', bits: number): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (value instanceof Date && to === 'long') return BigInt(Number(value))
  const isText = typeof value === 'string'
  if (isText && !/^[+-]?\d+$/.test(value)) throw failure(value, to, `Failed to parse number '${value}'`)
  if (!isText && !isNumber(value)) throw failure(value, to)
  const cut = isText ? value.replace('+', '') : roundTo('trunc', value, 0)
  const text = typeof cut === 'string' ? cut : plainDigits(cut)
  const result = /^-?\d+$/.test(text) ? BigInt(text) : undefined
  if (result === undefined || BigInt.asIntN(bits, result) !== result)
    throw failure(value, to, 'Conversion would overflow target type')
  return result
}

/** A whole number written without an exponent; NaN and the infinities as they are. */
function plainDigits(value: unknown): string {
  const text = String(value)
  const [, digits = '', exponent = ''] = /^(-?\d+)[eE]\+?(\d+)$/.exec(text) ?? []
  if (digits && Number(exponent) < 40) return digits + '0'.repeat(Number(exponent))
  return typeof value === 'number' && Number.isFinite(value) ? String(BigInt(value)) : text
}

function toDouble(value: unknown): unknown {
  if (typeof value === 'string' && !numeral.test(value) && !/^[+-]?(NaN|Infinity)$/.test(value))
    throw failure(value, 'double', `Failed to parse number '${value}'`)
  if (typeof value !== 'string' && typeof value !== 'boolean' && !(value instanceof Date) && !isNumber(value))
    throw failure(value, 'double')
  const result = typeof value === 'object' && isNumber(value) ? toNumber(value) : Number(value)
  if (!Number.isFinite(result) && !/NaN|Inf/.test(String(value)))
    throw failure(value, 'double', 'Conversion would overflow target type')
  return asDouble(result)
}

function decimal(value: unknown): unknown {
  if (typeof value === 'boolean' || value instanceof Date) return Decimal128.fromString(String(Number(value)))
  if (isNumber(value)) return toDecimal(value)
  if (typeof value !== 'string') throw failure(value, 'decimal')
  try {
    return Decimal128.fromString(value)
  } catch {
    throw failure(value, 'decimal', `Failed to parse number '${value}'`)
  }
}

const isoDate = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?(Z|[+-]\d\d:?\d\d)?$/

function date(value: unknown): Date {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  const zoned = typeof value === 'string' && /(Z|[T ].*[+-]\d\d:?\d\d)$/.test(value)
  const millis =
    typeof value === 'string' && isoDate.test(value)
      ? Date.parse(zoned || value.length === 10 ? value.replace(' ', 'T') : `${value.replace(' ', 'T')}Z`)
      : isNumber(value)
        ? toNumber(roundTo('trunc', value, 0))
        : NaN
  const result = new Date(millis)
  if (Number.isNaN(Number(result))) throw failure(value, 'date')
  return result
}

function text(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof ObjectId) return value.toHexString()
  if (typeof value === 'string' || typeof value === 'boolean' || isNumber(value))
    return String(unwrapped(value))
  throw failure(value, 'string')
}

function objectId(value: unknown): unknown {
  if (value instanceof ObjectId) return value
  if (typeof value === 'string' && /^[\da-fA-F]{24}$/.test(value)) return new ObjectId(value)
  throw failure(value, 'objectId')
}

const conversions: Record<string, (value: unknown) => unknown> = {
  int: value => Number(whole(value, 'int', 32)),
  long: value => Long.fromBigInt(whole(value, 'long', 64)),
  double: toDouble,
  decimal,
  bool: value => (isNumber(value) ? truthy(value) : typeof value === 'boolean' ? value : true),
  date,
  string: text,
  objectId,
}

/** The value as another BSON type; null and missing stay null. */
export function convertTo(type: string, value: unknown): unknown {
  if (value === undefined || value === null) return null
  const convert = Object.hasOwn(conversions, type) ? conversions[type] : undefined
  if (!convert) throw failure(value, type)
  return convert(value)
}

/** `$convert` over its evaluated arguments. */
export function convert({ input, to, onError, onNull, ...rest }: Doc): unknown {
  const [extra] = Object.keys(rest)
  if (extra) throw new MongoError('FailedToParse', `$convert found an unknown argument: ${extra}`)
  if (input === undefined || input === null) return onNull ?? null
  if (to === undefined || to === null) return null
  const name = typeof to === 'string' ? to : typeOfNumber(toNumber(to))
  if (!name || !Object.hasOwn(conversions, name)) throw failure(input, String(to))
  try {
    return convertTo(name, input)
  } catch (error) {
    if (onError !== undefined) return onError
    throw error
  }
}
