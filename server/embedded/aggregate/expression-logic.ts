import type { Options } from 'mingo/types'
import type { Collation } from '../value/collation.ts'
import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { compare } from '../value/order.ts'
import { applied, evaluate, operatorsOf, type Operator } from './applied.ts'
import { truthy } from './truth.ts'

/** In expressions, unlike in queries, a missing value comes before null. */
function compareValues(a: unknown, b: unknown, collation?: Collation): number {
  if ((a === undefined) !== (b === undefined)) return a === undefined ? -1 : 1
  return compare(a, b, collation)
}

const comparisons: Record<string, (order: number) => unknown> = {
  $eq: order => order === 0,
  $ne: order => order !== 0,
  $gt: order => order > 0,
  $gte: order => order >= 0,
  $lt: order => order < 0,
  $lte: order => order <= 0,
  $cmp: Math.sign,
}

type Body = (doc: unknown, given: Doc, options: Options) => unknown

/** An operator that evaluates its named parts itself. */
const scoped =
  (name: string, body: Body): Operator =>
  (doc, expr, options) => {
    if (!isDocument(expr))
      throw new MongoError('FailedToParse', `${name} only supports an object as its argument`)
    return body(doc, expr, options) as never
  }

interface Locals {
  local: { variables?: Doc }
  update(locals: { variables: Doc }): Options
}

/** Evaluates with variables that end with the evaluation: what they hide is there again. */
function bound<T>(options: Options, variables: Doc, work: (bind: (changed: Doc) => void) => T): T {
  const locals = options as unknown as Locals
  const hidden = Object.fromEntries(
    Object.keys(variables).map(name => [name, locals.local.variables?.[name] as unknown]),
  )
  locals.update({ variables })
  try {
    return work(changed => void locals.update({ variables: changed }))
  } finally {
    locals.update({ variables: hidden })
  }
}

function inputOf(name: string, doc: unknown, { input }: Doc, options: Options): unknown[] | undefined {
  const list = evaluate(doc, input, options)
  if (list === undefined || list === null) return undefined
  if (Array.isArray(list)) return list
  throw new MongoError('BadValue', `input to ${name} must be an array`)
}

const $map = scoped('$map', (doc, given, options) => {
  const list = inputOf('$map', doc, given, options)
  const name: string = given.as ?? 'this'
  if (!list) return null
  return bound(options, { [name]: null }, bind =>
    list.map(item => {
      bind({ [name]: item })
      return evaluate(doc, given.in, options) ?? null
    }),
  )
})

const $filter = scoped('$filter', (doc, given, options) => {
  const list = inputOf('$filter', doc, given, options)
  const name: string = given.as ?? 'this'
  if (!list) return null
  const limit =
    given.limit === undefined ? Infinity : toNumber(evaluate(doc, given.limit, options) ?? Infinity)
  return bound(options, { [name]: null }, bind => {
    const kept: unknown[] = []
    for (const item of list) {
      if (kept.length >= limit) break
      bind({ [name]: item })
      if (truthy(evaluate(doc, given.cond, options))) kept.push(item)
    }
    return kept
  })
})

const $reduce = scoped('$reduce', (doc, given, options) => {
  const list = inputOf('$reduce', doc, given, options)
  if (!list) return null
  const start = evaluate(doc, given.initialValue, options)
  return bound(options, { this: null, value: start }, bind =>
    list.reduce((value, item) => {
      bind({ this: item, value })
      return evaluate(doc, given.in, options)
    }, start),
  )
})

const $let = scoped('$let', (doc, given, options) => {
  const variables: Doc = {}
  for (const [name, expr] of Object.entries(given.vars as Doc)) variables[name] = evaluate(doc, expr, options)
  return bound(options, variables, () => evaluate(doc, given.in, options))
})

const $cond: Operator = (doc, expr, options) => {
  const parts: unknown[] = isDocument(expr) ? [expr.if, expr.then, expr.else] : (expr as unknown[])
  if (!Array.isArray(parts) || parts.length !== 3)
    throw new MongoError('BadValue', 'Expression $cond takes exactly 3 arguments.')
  return evaluate(doc, truthy(evaluate(doc, parts[0], options)) ? parts[1] : parts[2], options) as never
}

const $switch = scoped('$switch', (doc, given, options) => {
  for (const { case: condition, then } of given.branches as Doc[])
    if (truthy(evaluate(doc, condition, options))) return evaluate(doc, then, options)
  if ('default' in given) return evaluate(doc, given.default, options)
  throw new MongoError(
    'Location40066',
    '$switch could not find a matching branch for an input, and no default was specified.',
  )
})

/** Evaluates no further than it must: what comes after may be an error. */
const until =
  (stop: boolean): Operator =>
  (doc, expr, options) => {
    const parts: unknown[] = Array.isArray(expr) ? expr : [expr]
    return (parts.some(part => truthy(evaluate(doc, part, options)) === stop) === stop) as never
  }

const ofAll = (name: string, of: (list: unknown[]) => boolean) =>
  applied(name, 1, 1, ([list]) => {
    if (Array.isArray(list)) return of(list)
    throw new MongoError('BadValue', `${name}'s argument must be an array`)
  })

/** The operators that compare, decide and bind variables. */
export const logicOperators: Record<`$${string}`, Operator> = {
  ...operatorsOf(comparisons, (name, holds) =>
    applied(name, 2, 2, ([a, b], collation) => holds(compareValues(a, b, collation))),
  ),
  $map,
  $filter,
  $reduce,
  $let,
  $cond,
  $switch,
  $and: until(false),
  $or: until(true),
  $not: applied('$not', 1, 1, ([value]) => !truthy(value)),
  $allElementsTrue: ofAll('$allElementsTrue', list => list.every(truthy)),
  $anyElementTrue: ofAll('$anyElementTrue', list => list.some(truthy)),
}
