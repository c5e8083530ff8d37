import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { compare } from '../value/order.ts'
import { valueAt } from '../value/path.ts'
import { compileFilter } from '../query/match.ts'
import { compileProjection } from '../query/project.ts'
import { sortBy, sortFields } from '../query/sort.ts'
import { compileExpression, type Scope } from './expression.ts'
import { compileBucketAuto, compileGroup, grouping } from './group.ts'
import { setPath } from './set-path.ts'
import { compileWindowFields } from './window.ts'

/** One step of a pipeline, ready to run. */
export type Stage = (docs: Doc[]) => Doc[]

/** Makes a stage from what stands beside its name. */
export type StageMaker = (argument: never, scope: Scope) => Stage

/** The stages that need no other collection, by name. */
export const stages = {
  $match: (filter: Doc, scope) => {
    const matches = compileFilter(filter, scope)
    return docs => docs.filter(matches)
  },
  $sort: (order: Doc, { collation }) => {
    const fields = sortFields(order)
    return docs => sortBy(docs, fields, doc => doc, collation)
  },
  $limit: (count: unknown) => docs => docs.slice(0, wholeNumber('$limit', count, 1)),
  $skip: (count: unknown) => docs => docs.slice(wholeNumber('$skip', count, 0)),
  $count: (name: string) => docs => (docs.length ? [{ [name]: docs.length }] : []),
  $project: (spec: Doc, scope) => {
    const project = compileProjection(spec, {}, scope)
    return docs => docs.map(project)
  },
  $set: addFields,
  $addFields: addFields,
  $unset: (names: string | string[]) => {
    const project = compileProjection(Object.fromEntries([names].flat().map(name => [name, 0])))
    return docs => docs.map(project)
  },
  $replaceRoot: ({ newRoot }: Doc, scope) => replaceRoot(newRoot, scope),
  $replaceWith: replaceRoot,
  $group: compileGroup,
  $sortByCount: (expr: unknown, scope) => {
    const group = compileGroup({ _id: expr, count: { $sum: 1 } }, scope)
    return docs => sortBy(group(docs), sortFields({ count: -1 }), doc => doc)
  },
  $unwind: unwind,
  $sample:
    ({ size }: Doc) =>
    docs =>
      sample(docs, wholeNumber('$sample', size, 1)),
  $bucket: bucket,
  $bucketAuto: compileBucketAuto,
  $setWindowFields: compileWindowFields,
} satisfies Record<string, StageMaker>

function wholeNumber(name: string, value: unknown, least: number): number {
  const count = toNumber(value)
  if (Number.isInteger(count) && count >= least) return count
  throw new MongoError('BadValue', `the ${name} must be a whole number of at least ${least}`)
}

/** Nested documents without operators name nested fields; everything else is an expression. */
function addFields(fields: Doc, scope: Scope): Stage {
  const parts = fieldExpressions(fields, []).map(
    ([steps, expr]) => [steps, compileExpression(expr, scope)] as const,
  )
  return docs =>
    docs.map(doc => parts.reduce((result, [steps, value]) => setPath(result, steps, value(doc)), doc))
}

function fieldExpressions(fields: Doc, above: string[]): [steps: string[], expr: unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string[], unknown][] => {
    const steps = [...above, ...name.split('.')]
    const nested =
      isDocument(value) && Object.keys(value).length && !Object.keys(value).some(key => key.startsWith('$'))
    return nested ? fieldExpressions(value, steps) : [[steps, value]]
  })
}

function replaceRoot(expr: unknown, scope: Scope): Stage {
  const root = compileExpression(expr, scope)
  return docs =>
    docs.map(doc => {
      const next = root(doc)
      if (isDocument(next)) return next
      throw new MongoError(
        'Location40228',
        `'newRoot' expression must evaluate to an object, but resulting value was: ${String(next)}`,
      )
    })
}

function unwind(given: string | Doc): Stage {
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } =
    typeof given === 'string' ? ({ path: given } as Doc) : given
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new MongoError(
      'BadValue',
      `path option to $unwind stage should be prefixed with a '$': ${String(path)}`,
    )
  const steps = path.slice(1).split('.')
  const place = (doc: Doc, index: number | null) =>
    includeArrayIndex ? setPath(doc, includeArrayIndex.split('.'), index) : doc
  return docs =>
    docs.flatMap(doc => {
      const value = valueAt(doc, steps)
      if (Array.isArray(value) && value.length)
        return value.map((item: unknown, index) => place(setPath(doc, steps, item), index))
      if (!Array.isArray(value) && value !== undefined && value !== null) return [place(doc, null)]
      if (!preserveNullAndEmptyArrays) return []
      return [place(Array.isArray(value) ? setPath(doc, steps, undefined) : doc, null)]
    })
}

function sample(docs: Doc[], size: number): Doc[] {
  const rest = docs.slice()
  const count = Math.min(size, rest.length)
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(Math.random() * (rest.length - i))
    ;[rest[i], rest[other]] = [rest[other] as Doc, rest[i] as Doc]
  }
  return rest.slice(0, count)
}

/** Each bucket begins with its boundary and ends before the next one. */
function bucket({ groupBy, boundaries, default: other, output }: Doc, scope: Scope): Stage {
  const edges = boundaries as unknown[]
  const bucketOf = (value: unknown) => {
    const next = edges.findIndex(edge => compare(value, edge, scope.collation) < 0)
    if (next > 0) return edges[next - 1]
    if (other !== undefined) return other as unknown
    throw new MongoError(
      'Location40066',
      '$switch could not find a matching branch for an input, and no default was specified.',
    )
  }
  const valueOf = compileExpression(groupBy, scope)
  const group = grouping(doc => bucketOf(valueOf(doc)), output ?? { count: { $sum: 1 } }, scope)
  return docs => sortBy(group(docs), sortFields({ _id: 1 }), doc => doc, scope.collation)
}
