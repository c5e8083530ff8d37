import { isDocument, isRegex, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { isInt32, toNumber } from '../value/number.ts'
import { rank, rankOf } from '../value/order.ts'

const isInt = (value: unknown) => typeof value === 'number' && isInt32(value)
const named = (type: string) => (value: unknown) => (value as Doc | null | undefined)?._bsontype === type

/** BSON's types by alias and number. A JavaScript number is an int when an int holds it and a double otherwise. */
const types: [alias: string, number: number, is: (value: unknown) => boolean][] = [
  ['double', 1, value => (typeof value === 'number' && !isInt(value)) || named('Double')(value)],
  ['string', 2, value => typeof value === 'string'],
  ['object', 3, isDocument],
  ['array', 4, Array.isArray],
  ['binData', 5, value => rankOf(value) === rank.binary],
  ['objectId', 7, named('ObjectId')],
  ['bool', 8, value => typeof value === 'boolean'],
  ['date', 9, value => value instanceof Date],
  ['null', 10, value => value === null],
  ['regex', 11, isRegex],
  ['javascript', 13, named('Code')],
  ['int', 16, value => isInt(value) || named('Int32')(value)],
  ['timestamp', 17, named('Timestamp')],
  ['long', 18, named('Long')],
  ['decimal', 19, named('Decimal128')],
  ['minKey', -1, named('MinKey')],
  ['maxKey', 127, named('MaxKey')],
  ['number', NaN, value => rankOf(value) === rank.number],
]

/** The alias of a value's type; of a missing value it is `missing`. */
export const typeName = (value: unknown): string =>
  value === undefined ? 'missing' : (types.find(([, , is]) => is(value))?.[0] ?? 'unknown')

/** The alias of a type's number. */
export const typeOfNumber = (wanted: number) => types.find(([, number]) => number === wanted)?.[0]

/** Says whether a value is of one of the types that `$type` names. */
export function hasType(wanted: unknown): (value: unknown) => boolean {
  const tests = [wanted].flat().map(one => {
    const number = rankOf(one) === rank.number ? toNumber(one) : undefined
    const [, , is] = types.find(([alias, place]) => alias === one || place === number) ?? []
    if (!is) throw new MongoError('BadValue', `Unknown type name alias: ${String(one)}`)
    return is
  })
  return value => value !== undefined && tests.some(is => is(value))
}
