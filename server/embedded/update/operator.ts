import { Decimal128, Long, Timestamp } from 'bson'
import { identical, isDocument, type Doc } from '../value/document.ts'
import type { Collation } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { combine, toNumber } from '../value/number.ts'
import { compare, rank, rankOf } from '../value/order.ts'
import { arrayOperators } from './array-operator.ts'
import { removed, type Change } from './change.ts'

/** An update operator: what it does to the value at a path, and whether it makes a missing path. */
export interface Operator {
  change(argument: unknown, path: string, collation?: Collation): Change
  creates: boolean
}

const makers = {
  decimal: (digits: string) => Decimal128.fromStringWithRounding(digits),
  long: (value: bigint) => {
    if (BigInt.asIntN(64, value) === value) return Long.fromBigInt(value)
    throw new MongoError('BadValue', `the result ${value} does not fit into 64 bits`)
  },
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
    if (old === undefined) return name === '$inc' ? argument : 0
    if (rankOf(old) !== rank.number)
      throw new MongoError(
        'TypeMismatch',
        `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is not a number`,
      )
    if (typeof old === 'number' && typeof argument === 'number')
      // Whole numbers have no negative zero.
      return name === '$inc' ? old + argument : old * argument + 0
    return combine(old, argument, name === '$inc' ? 'add' : 'multiply', makers)
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

function bitwise(argument: unknown): Change {
  const [[name, operand] = []] = Object.entries(argument as Doc)
  const by = toNumber(operand)
  return old => {
    const value = toNumber(old ?? 0)
    if (name === 'and') return value & by
    if (name === 'or') return value | by
    if (name === 'xor') return value ^ by
    throw new MongoError(
      'BadValue',
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${String(name)}'`,
    )
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
