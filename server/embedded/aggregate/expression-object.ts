import { BSON } from 'bson'
import { fieldOf, isDocument, putField, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { binaryOf, rank, rankOf } from '../value/order.ts'
import { typeName } from '../query/bson-type.ts'
import { applied, isNothing, withNames, type Operator } from './applied.ts'

function documentOf(name: string, value: unknown): Doc {
  if (isDocument(value)) return value
  throw new MongoError('BadValue', `${name} requires an object, found: ${String(value)}`)
}

function documentWith(pairs: Iterable<readonly [string, unknown]>): Doc {
  const doc: Doc = {}
  for (const [name, value] of pairs) if (value !== undefined) putField(doc, name, value)
  return doc
}

function merge(values: unknown[]): Doc {
  const [only] = values
  const docs = values.length === 1 && Array.isArray(only) ? (only as unknown[]) : values
  return documentWith(
    docs.filter(doc => !isNothing(doc)).flatMap(doc => Object.entries(documentOf('$mergeObjects', doc))),
  )
}

function pairOf(item: unknown): readonly [string, unknown] {
  const [name, value] =
    Array.isArray(item) && item.length === 2 ? item : isDocument(item) ? [item.k, item.v] : []
  if (typeof name === 'string') return [name, value]
  throw new MongoError('BadValue', '$arrayToObject requires pairs of a name and a value')
}

function arrayToObject([list]: unknown[]): unknown {
  if (isNothing(list)) return null
  if (Array.isArray(list)) return documentWith(list.map(pairOf))
  throw new MongoError('BadValue', '$arrayToObject requires an array')
}

const get = withNames('$getField', ['field', 'input'], ({ field, input }) =>
  isDocument(input) ? fieldOf(input, String(field)) : isNothing(input) ? input : undefined,
)

/** The field's name alone stands for a field of the whole document. */
const $getField: Operator = (argument, compile, collation) =>
  get(
    isDocument(argument) && 'field' in argument ? argument : { field: argument, input: '$$CURRENT' },
    compile,
    collation,
  )

function setField(name: string, { field, input, value }: Doc): unknown {
  if (isNothing(input)) return null
  const rest = Object.entries(documentOf(name, input))
  const known = rest.some(([one]) => one === field)
  const changed = rest.map(([one, held]) => [one, one === field ? value : held] as const)
  return documentWith(known ? changed : [...changed, [String(field), value]])
}

const sizeOf = (name: string, of: (value: unknown) => number | undefined) =>
  applied(name, 1, 1, ([value]) => {
    if (isNothing(value)) return null
    const size = of(value)
    if (size !== undefined) return size
    throw new MongoError('BadValue', `${name} does not take a ${typeName(value)}`)
  })

const ofTimestamp = (name: string, part: 't' | 'i') =>
  sizeOf(name, value => (rankOf(value) === rank.timestamp ? ((value as Doc)[part] as number) : undefined))

function binarySize(value: unknown): number | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value)
  return rankOf(value) === rank.binary ? binaryOf(value as Doc).bytes.length : undefined
}

/** The operators on documents, and on what BSON only holds. */
export const objectOperators: Record<string, Operator> = {
  $bsonSize: sizeOf('$bsonSize', value => (isDocument(value) ? BSON.calculateObjectSize(value) : undefined)),
  $binarySize: sizeOf('$binarySize', binarySize),
  $tsSecond: ofTimestamp('$tsSecond', 't'),
  $tsIncrement: ofTimestamp('$tsIncrement', 'i'),
  $mergeObjects: applied('$mergeObjects', 0, Infinity, merge),
  $objectToArray: applied('$objectToArray', 1, 1, ([doc]) =>
    isNothing(doc)
      ? null
      : Object.entries(documentOf('$objectToArray', doc)).map(([k, v]) => ({ k, v: v as unknown })),
  ),
  $arrayToObject: applied('$arrayToObject', 1, 1, arrayToObject),
  $getField,
  $setField: withNames('$setField', ['field', 'input', 'value'], given => setField('$setField', given)),
  $unsetField: withNames('$unsetField', ['field', 'input'], given => setField('$unsetField', given)),
}
