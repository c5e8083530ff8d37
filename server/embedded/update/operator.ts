import { Timestamp } from 'bson'
import { identical, isDocument, type Doc } from '../value/document.ts'
import type { Collation } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { calculate, isDouble, longOf } from '../value/arithmetic.ts'
import { isInt32 } from '../value/number.ts'
import { compare, rank, rankOf } from '../value/order.ts'
import { arrayOperators } from './array-operator.ts'
import { removed, type Change } from './change.ts'

/** An update operator: what it does to the value at a path, and whether it makes a missing path. */
export interface Operator {
  change(argument: unknown, path: string, collation?: Collation): Change
  creates: boolean
}

const put =
  (value: unknown): Change =>
  old =>
    identical(old, value) ? old : value

function arithmetic(name: '$inc' | '$mul', argument: unknown, path: string): Change {
  if (rankOf(argument) !== rank.number)
    throw new MongoError(
      'TypeMismatch',
      `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}}`,
    )
  return old => {
    if (old === undefined) return name === '$inc' ? argument : calculate('multiply', argument, 0)
    if (rankOf(old) !== rank.number)
      throw new MongoError(
        'TypeMismatch',
        `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is not a number`,
      )
    const result = calculate(name === '$inc' ? 'add' : 'multiply', old, argument)
    if (!isDouble(result) || isDouble(old) || isDouble(argument)) return result
    throw new MongoError('BadValue', `Failed to apply ${name}: 64 bits do not hold the result at '${path}'`)
  }
}

/** Puts the argument where it is less (-1) or greater (1) than what is there. */
const extreme =
  (argument: unknown, direction: -1 | 1, collation?: Collation): Change =>
  old =>
    old === undefined || compare(argument, old, collation) * direction > 0 ? argument : old

function currentDate(argument: unknown): Change {
  const now = new Date()
  const wantsTimestamp = isDocument(argument) && argument.$type === 'timestamp'
  return () => (wantsTimestamp ? new Timestamp({ t: Math.floor(Number(now) / 1000), i: 1 }) : now)
}

const bitOperators: Record<string, (a: bigint, b: bigint) => bigint> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
}

const isInteger = (value: unknown) =>
  typeof value === 'number' ? isInt32(value) : (value as Doc | null)?._bsontype === 'Long'

function bitwise(argument: unknown): Change {
  const [[name, operand] = []] = Object.entries(argument as Doc)
  const combineBits = name && Object.hasOwn(bitOperators, name) ? bitOperators[name] : undefined
  if (!combineBits)
    throw new MongoError(
      'BadValue',
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${String(name)}'`,
    )
  return (old = 0) => {
    if (![old, operand].every(isInteger))
      throw new MongoError('BadValue', 'The $bit modifier works on whole numbers only')
    const result = combineBits(BigInt(String(old)), BigInt(String(operand)))
    return [old, operand].some(value => typeof value !== 'number') ? longOf(result) : Number(result)
  }
}

const making = (change: Operator['change']): Operator => ({ change, creates: true })

/** Every update operator that the engine has, but `$rename`, which concerns two paths. */
export const operators: Record<string, Operator> = {
  $set: making(put),
  $setOnInsert: making(put),
  $unset: { change: () => () => removed, creates: false },
  $inc: making((argument, path) => arithmetic('$inc', argument, path)),
  $mul: making((argument, path) => arithmetic('$mul', argument, path)),
  $min: making((argument, _path, collation) => extreme(argument, -1, collation)),
  $max: making((argument, _path, collation) => extreme(argument, 1, collation)),
  $currentDate: making(currentDate),
  $bit: making(bitwise),
  ...arrayOperators,
}
