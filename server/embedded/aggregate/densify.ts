import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { compare } from '../value/order.ts'
import { valueAt } from '../value/path.ts'
import { toNumber } from '../value/number.ts'
import { isNothing } from './applied.ts'
import { calculate, isNumber } from '../value/arithmetic.ts'
import { dateArguments, moved } from './date-math.ts'
import { setPath } from './set-path.ts'
import type { Stage } from './stage.ts'

const mostDocuments = 500_000

interface Densify {
  path: string[]
  partition: string[][]
  next(value: unknown): unknown
  bounds: 'full' | 'partition' | [unknown, unknown]
  isValue(value: unknown): boolean
}

function read({ field, partitionByFields = [], range }: Doc): Densify {
  if (typeof field !== 'string' || !isDocument(range))
    throw new MongoError('FailedToParse', '$densify needs a field and a range')
  const { step, unit, bounds } = range
  const known = bounds === 'full' || bounds === 'partition' || (Array.isArray(bounds) && bounds.length === 2)
  if (!known || !isNumber(step) || !(toNumber(step) > 0))
    throw new MongoError('FailedToParse', '$densify needs a positive step, and bounds that it knows')
  const isValue = (value: unknown) => (unit === undefined ? isNumber(value) : value instanceof Date)
  if (Array.isArray(bounds) && !bounds.every(isValue))
    throw new MongoError(
      'FailedToParse',
      'the bounds of $densify are dates where it has a unit, and numbers where not',
    )
  const next = (value: unknown) => {
    if (unit === undefined) return calculate('add', value, step)
    const given = dateArguments('$densify', { startDate: value, unit, amount: step })
    return given && moved(given, 1)
  }
  const partition = (partitionByFields as string[]).map(name => name.split('.'))
  return { path: field.split('.'), partition, next, bounds, isValue }
}

/** The `$densify` stage: documents for the values that are missing between others, in every partition. */
export function compileDensify(spec: Doc): Stage {
  const densify = read(spec)
  const valueOf = (doc: Doc) => valueAt(doc, densify.path)
  return docs => {
    const bare = docs.filter(doc => isNothing(valueOf(doc)))
    const rows = docs.filter(doc => !isNothing(valueOf(doc)))
    if (!rows.every(doc => densify.isValue(valueOf(doc))))
      throw new MongoError('BadValue', '$densify needs numbers, or dates where it has a unit')
    rows.sort((a, b) => compare(valueOf(a), valueOf(b)))
    const partitions = new Map<string, Doc[]>()
    for (const doc of rows) {
      const key = keyOf(densify.partition.map(steps => valueAt(doc, steps)))
      const part = partitions.get(key)
      if (part) part.push(doc)
      else partitions.set(key, [doc])
    }
    return [...bare, ...[...partitions.values()].flatMap(part => filled(densify, part, rows))]
  }
}

/** A partition's sorted documents with those between; the upper one of given bounds is beyond the last. */
function filled({ path, partition, next, bounds }: Densify, part: Doc[], all: Doc[]): Doc[] {
  const whole = bounds === 'full' ? all : part
  const given = typeof bounds === 'string' ? undefined : bounds
  const [low, high] = given ?? [valueAt(whole[0], path), valueAt(whole.at(-1), path)]
  const common = partition.reduce((doc, steps) => setPath(doc, steps, valueAt(part[0], steps)), {})
  const out: Doc[] = []
  let place = 0
  const takeUntil = (value: unknown) => {
    let same = false
    for (let doc = part[place]; doc && compare(valueAt(doc, path), value) <= 0; doc = part[++place]) {
      out.push(doc)
      same = compare(valueAt(doc, path), value) === 0
    }
    return same
  }
  for (let value = low; compare(value, high) < (given ? 0 : 1); value = next(value)) {
    if (!takeUntil(value)) out.push(setPath(common, path, value))
    if (out.length > mostDocuments)
      throw new MongoError('BadValue', `$densify would make more than ${mostDocuments} documents`)
  }
  return [...out, ...part.slice(place)]
}
