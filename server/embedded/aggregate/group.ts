import { foldFor } from '../value/collation.ts'
import { isDocument, putField, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { compare } from '../value/order.ts'
import { ordering, sortFields } from '../query/sort.ts'
import {
  accumulators,
  percentileOf,
  ranked,
  whole,
  type Accumulator,
  type Ranked,
  type RankedName,
} from './accumulator.ts'
import { compileExpression, type Scope } from './expression.ts'
import type { Stage } from './stage.ts'

/** One output of a group: how it is gathered, and what of each document. */
export interface Field {
  make(): Accumulator
  valueOf(doc: Doc): unknown
}

/** `$median` and `$percentile`, which look at all numbers of a group. */
function percentileField(name: string, argument: unknown, scope: Scope): Field {
  const { input, p = [0.5] } = isDocument(argument) ? argument : ({} as Doc)
  const parts = compileExpression(p, scope)({}) as unknown[]
  const make = (): Accumulator => {
    const values: unknown[] = []
    const result = () => percentileOf(values, parts)
    return { add: value => void values.push(value), result: name === '$median' ? () => result()[0] : result }
  }
  return { make, valueOf: compileExpression(input, scope) }
}

const byDocuments = ['$top', '$topN', '$bottom', '$bottomN']
const byCount = ['$firstN', '$lastN', '$maxN', '$minN']

/** The accumulators with named arguments: `n`, what is kept, and for some what it is ordered by. */
function rankedField(name: RankedName, argument: unknown, scope: Scope): Field {
  const sorts = byDocuments.includes(name)
  const { n, sortBy, output, input } = isDocument(argument) ? argument : ({} as Doc)
  const needsCount = name !== '$top' && name !== '$bottom'
  const shown: unknown = sorts ? output : input
  if (shown === undefined || (sorts && !isDocument(sortBy)) || (needsCount && n === undefined))
    throw new MongoError('BadValue', `${name} lacks one of its arguments`)
  const count = needsCount ? whole(name, compileExpression(n, scope)({})) : 1
  const byOrder = sorts ? ordering(sortFields(sortBy), scope.collation) : undefined
  const valueOf = compileExpression(shown, scope)
  return {
    make: () => ranked(name, count, byOrder, scope.collation) as Accumulator,
    valueOf: (doc): Ranked => ({ value: valueOf(doc), order: sorts ? doc : undefined }),
  }
}

/** The field that an accumulator object describes. */
export function compileField(name: string, spec: unknown, scope: Scope): Field {
  const [operator, ...more] = isDocument(spec) ? Object.keys(spec) : []
  if (!operator?.startsWith('$') || more.length)
    throw new MongoError('BadValue', `The field '${name}' must be an accumulator object`)
  const argument = (spec as Doc)[operator] as unknown
  const make = Object.hasOwn(accumulators, operator) ? accumulators[operator] : undefined
  if (make) return { make: () => make(scope.collation), valueOf: compileExpression(argument, scope) }
  if ([...byDocuments, ...byCount].includes(operator))
    return rankedField(operator as RankedName, argument, scope)
  if (operator === '$median' || operator === '$percentile') return percentileField(operator, argument, scope)
  throw notSupported(operator)
}

/** The `$group` stage. */
export function compileGroup(spec: Doc, scope: Scope): Stage {
  const { _id, ...outputs } = spec
  if (!('_id' in spec)) throw new MongoError('BadValue', 'a group specification must include an _id')
  return grouping(compileExpression(_id, scope), outputs, scope)
}

/** Groups documents by any value, in the order of the groups' first documents. */
export function grouping(idOf: (doc: Doc) => unknown, outputs: Doc, scope: Scope): Stage {
  const names = Object.keys(outputs)
  const fields = names.map(name => compileField(name, outputs[name], scope))
  return docs => {
    const fold = foldFor(scope.collation)
    const groups = new Map<string, { id: unknown; gathered: Accumulator[] }>()
    for (const doc of docs) {
      const id = idOf(doc) ?? null
      const key = keyOf(id, fold)
      let group = groups.get(key)
      if (!group) groups.set(key, (group = { id, gathered: fields.map(field => field.make()) }))
      for (let i = 0; i < fields.length; i++) group.gathered[i]?.add(fields[i]?.valueOf(doc))
    }
    return [...groups.values()].map(({ id, gathered }) => {
      const row: Doc = { _id: id }
      for (const [place, name] of names.entries()) putField(row, name, gathered[place]?.result())
      return row
    })
  }
}

/** The `$bucketAuto` stage: buckets of nearly the same size; equal values share one. */
export function compileBucketAuto({ groupBy, buckets, output, granularity }: Doc, scope: Scope): Stage {
  if (granularity !== undefined) throw notSupported('the granularity of $bucketAuto')
  const wanted = whole('$bucketAuto', buckets)
  const valueOf = compileExpression(groupBy, scope)
  const outputs: Doc = output ?? { count: { $sum: 1 } }
  return docs => {
    const rows = docs.map(doc => ({ doc, value: valueOf(doc) ?? null }))
    rows.sort((a, b) => compare(a.value, b.value, scope.collation))
    const size = Math.max(1, Math.round(rows.length / wanted))
    const results: Doc[] = []
    for (let from = 0; from < rows.length;) {
      let to = results.length === wanted - 1 ? rows.length : Math.min(rows.length, from + size)
      const last = rows[to - 1]?.value
      while (to < rows.length && compare(rows[to]?.value, last, scope.collation) === 0) to++
      const _id = { min: rows[from]?.value, max: (rows[to] ?? rows[rows.length - 1])?.value }
      const part = rows.slice(from, to).map(({ doc }) => doc)
      results.push({ ...grouping(() => null, outputs, scope)(part)[0], _id })
      from = to
    }
    return results.map(({ _id, ...rest }) => ({ _id: _id as unknown, ...rest }))
  }
}
