import { isDocument, isOperators, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { hasText } from '../value/collation.ts'
import { inverted, keyOf, prefixKey, rankKey } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { rank, rankOf } from '../value/order.ts'
import type { Scope } from '../aggregate/expression.ts'
import { after, type Index, type IndexField } from '../storage/index.ts'
import type { Collection } from '../storage/collection.ts'
import { constraintsOf, implies, type Constraint, type Constraints } from './constraint.ts'
import type { SortField } from './sort.ts'

/** The first and the last key of a part of an index. */
export type Range = [low: string, high: string]

/** How the documents that may match are reached. What is reached is a superset: the filter still decides. */
export type Plan =
  | { kind: 'collection'; sorted: boolean; backward: boolean }
  | { kind: 'ids'; ids: string[]; sorted: boolean; exact: boolean }
  | { kind: 'index'; index: Index; ranges: Range[]; backward: boolean; sorted: boolean }
  | { kind: 'union'; plans: Plan[]; sorted: false }

type IndexPlan = Extract<Plan, { kind: 'index' }>

const maxRanges = 2000
const wholeCollection = { kind: 'collection', sorted: false, backward: false } as const

/** What a plan is made for, but for the sort. */
export interface Asked extends Scope {
  filter?: Doc | undefined
  hint?: unknown
  min?: Doc | undefined
  max?: Doc | undefined
}

/** The best plan for a filter and a sort; a hint names the index that must be used. */
export function planFor(collection: Collection, asked: Asked, sort: SortField[]): Plan {
  const { filter = {}, hint } = asked
  const constraints = constraintsOf(filter)
  const natural = sort[0]?.path === '$natural' ? sort[0].direction : undefined
  if (natural) return { kind: 'collection', sorted: true, backward: natural < 0 }
  if (hint !== undefined || asked.min || asked.max) return hintedPlan(collection, constraints, sort, asked)
  const own = collection.indexes.get('_id_') as Index
  const ids = usable(constraints.get('_id'), own, asked)?.points
  if (ids) {
    const exact = isEquality(filter, '_id')
    const keys = ids.map(id => keyOf(id, own.texts?.find))
    return { kind: 'ids', ids: distinct(keys), sorted: ids.length < 2, exact }
  }
  let best: { plan: IndexPlan; score: number } | undefined
  for (const index of collection.indexes.values()) {
    const candidate = planWith(index, constraints, sort, asked)
    if (candidate && candidate.score > 0 && candidate.score > (best?.score ?? 0)) best = candidate
  }
  return best?.plan ?? unionPlan(collection, asked) ?? wholeCollection
}

/** Whether a filter says nothing but that a field has one value. */
function isEquality(filter: Doc, field: string): boolean {
  const [name, ...more] = Object.keys(filter)
  const condition: unknown = filter[field]
  if (name !== field || more.length) return false
  return !isOperators(condition) || Object.keys(condition).every(operator => operator === '$eq')
}

function hintedPlan(collection: Collection, constraints: Constraints, sort: SortField[], asked: Asked): Plan {
  const { hint } = asked
  if (hint === undefined)
    throw new MongoError(
      'Location51173',
      'When using min()/max() a hint of which index to use must be provided',
    )
  if (isDocument(hint) && '$natural' in hint)
    return { ...wholeCollection, backward: toNumber(hint.$natural) < 0 }
  const pattern = JSON.stringify(hint)
  for (const index of collection.indexes.values()) {
    if (index.spec.hidden) continue
    if (hint !== index.name && JSON.stringify(index.spec.key) !== pattern) continue
    if (asked.min || asked.max) return boundedPlan(index, asked)
    return planWith(index, constraints, sort, asked)?.plan ?? wholeCollection
  }
  throw new MongoError(
    'BadValue',
    'planner returned error: hint provided does not correspond to an existing index',
  )
}

/** The part of an index from one key up to another. */
function boundedPlan(index: Index, { min, max }: Asked): Plan {
  if (index.fields[0]?.direction === -1) throw notSupported('min or max on an index that runs downward')
  const key = (bound: Doc) => {
    if (Object.keys(bound).join() !== index.fields.map(({ path }) => path).join())
      throw new MongoError('Location51174', 'min and max need the fields of the hinted index')
    return index.fields
      .map(({ path, inverted: turned }) =>
        (turned ? inverted : String)(keyOf(bound[path], index.texts?.find)),
      )
      .join('')
  }
  const ranges: Range[] = [[min ? key(min) : '', max ? below(key(max)) : after]]
  return { kind: 'index', index, ranges, backward: false, sorted: false }
}

/** The last of all strings before this one, near enough: nothing that is an entry lies between them. */
function below(key: string): string {
  const rest = key.slice(0, -1)
  const last = key.charCodeAt(key.length - 1)
  return last ? rest + String.fromCharCode(last - 1) + after : rest
}

/** A `$or` can use an index for each of its parts, if there is one for each. */
function unionPlan(collection: Collection, { filter = {}, collation }: Asked): Plan | undefined {
  if (!Array.isArray(filter.$or)) return undefined
  const plans = filter.$or.map((part: Doc) => planFor(collection, { filter: part, collation }, []))
  return plans.some(plan => plan.kind === 'collection') ? undefined : { kind: 'union', plans, sorted: false }
}

/** The plan with one index and how good it is; none when entries could be missing from it. */
function planWith(
  index: Index,
  constraints: Constraints,
  sort: SortField[],
  asked: Asked,
): { plan: IndexPlan; score: number } | undefined {
  if (index.spec.hidden) return undefined
  const collated = index.collation !== undefined || asked.collation !== undefined
  const only: Doc | undefined = index.spec.partialFilterExpression
  if (only && (index.collation !== asked.collation || !implies(constraints, only, asked))) return undefined
  const { prefixes, used, hasNull } = pointPrefixes(index, constraints, asked)
  const next = index.fields[used]
  const range = next && rangeOf(next, usable(constraints.get(next.path), index, asked), index.multikey)
  if (index.sparse && (hasNull || (used === 0 && !range))) return undefined
  const order = prefixes.length > 1 || index.multikey || collated ? undefined : orderOf(index, used, sort)
  const whole: Range = ['', after]
  const [low, high] = range ?? whole
  const ranges = prefixes.map((prefix): Range => [prefix + low, prefix + high])
  const score =
    used * 10 -
    (prefixes.length > 1 ? 1 : 0) +
    (range ? 5 : 0) +
    (order ? 4 : 0) +
    (index.unique && used === index.fields.length ? 3 : 0) -
    (used || range || order ? index.fields.length / 10 : 0)
  const plan: IndexPlan = {
    kind: 'index',
    index,
    ranges,
    backward: order === 'backward',
    sorted: Boolean(order),
  }
  return { plan, score }
}

/** What of a constraint an index can use: text only by its own collation, and of a collated one no ranges of text. */
function usable(
  constraint: Constraint | undefined,
  { collation }: Index,
  asked: Asked,
): Constraint | undefined {
  if (!constraint || (!collation && !asked.collation)) return constraint
  const { points, low, high, prefix, exists } = constraint
  return {
    ...(points && (collation === asked.collation || !points.some(hasText)) ? { points } : {}),
    ...(low && !hasText(low.value) ? { low } : {}),
    ...(high && !hasText(high.value) ? { high } : {}),
    ...(prefix !== undefined && !collation ? { prefix } : {}),
    ...(exists ? { exists } : {}),
  }
}

/** The beginnings of keys that the leading fields' points allow. */
function pointPrefixes(index: Index, constraints: Constraints, asked: Asked) {
  let prefixes = ['']
  let hasNull = false
  let used = 0
  for (const field of index.fields) {
    const points = usable(constraints.get(field.path), index, asked)?.points
    if (!points || points.length * prefixes.length > maxRanges) break
    if (points.some(point => rankOf(point) === rank.null)) hasNull = true
    const found = points.map(point => keyOf(point, index.texts?.find))
    const keys = field.inverted ? found.map(inverted) : found
    prefixes = prefixes.flatMap(prefix => keys.map(key => prefix + key))
    used++
  }
  return { prefixes: distinct(prefixes), used, hasNull }
}

/** The part of a field's keys that a range or a text's beginning leaves. */
function rangeOf(
  field: IndexField,
  constraint: Constraint | undefined,
  multikey: boolean,
): Range | undefined {
  if (!constraint) return undefined
  const turn = (key: string) => (field.inverted ? inverted(key) : key)
  if (constraint.prefix !== undefined)
    return [turn(prefixKey(constraint.prefix)), turn(prefixKey(constraint.prefix)) + after]
  const { low } = constraint
  // Different items of an array may satisfy the two ends.
  const high = multikey && low ? undefined : constraint.high
  if (!low && !high) return undefined
  const type = rankKey(rankOf((low ?? high)?.value))
  const sameType = !low || !high || rankOf(low.value) === rankOf(high.value)
  const least = low ? keyOf(low.value) : type
  const most = high && sameType ? keyOf(high.value) : type
  return field.inverted ? [inverted(most), inverted(least) + after] : [least, most + after]
}

/** In which direction the index gives the order asked for, when the fields before have one value each. */
function orderOf(index: Index, used: number, sort: SortField[]): 'forward' | 'backward' | undefined {
  const fixed = new Set(index.fields.slice(0, used).map(field => field.path))
  const rest = sort.filter(field => !fixed.has(field.path))
  if (!sort.length) return undefined
  let turn = 0
  for (const [place, wanted] of rest.entries()) {
    const field = index.fields[used + place]
    if (!field || field.path !== wanted.path) return undefined
    const way = wanted.direction * (field.inverted ? -1 : 1)
    if (turn && way !== turn) return undefined
    turn = way
  }
  return turn < 0 ? 'backward' : 'forward'
}

const distinct = (keys: string[]) => (keys.length > 1 ? [...new Set(keys)].sort() : keys)
