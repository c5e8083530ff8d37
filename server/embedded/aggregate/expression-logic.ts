import type { Collation } from '../value/collation.ts'
import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { compare } from '../value/order.ts'
import {
  applied,
  isNothing,
  namedArguments,
  operatorsOf,
  type Compiled,
  type Env,
  type Operator,
} from './applied.ts'
import { truthy } from '../value/truth.ts'

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

const having = ({ root, variables }: Env, more: Doc): Env => ({ root, variables: { ...variables, ...more } })

function listIn(name: string, list: unknown): unknown[] | undefined {
  if (isNothing(list)) return undefined
  if (Array.isArray(list)) return list
  throw new MongoError('BadValue', `input to ${name} must be an array`)
}

const $map: Operator = (argument, compile) => {
  const given = namedArguments('$map', argument)
  const [input, body] = [compile(given.input), compile(given.in)]
  const name: string = given.as ?? 'this'
  return env => listIn('$map', input(env))?.map(item => body(having(env, { [name]: item })) ?? null) ?? null
}

const $filter: Operator = (argument, compile) => {
  const given = namedArguments('$filter', argument)
  const [input, condition, limit] = [compile(given.input), compile(given.cond), compile(given.limit)]
  const name: string = given.as ?? 'this'
  return env => {
    const most = toNumber(limit(env) ?? Infinity)
    const kept: unknown[] = []
    const list = listIn('$filter', input(env))
    for (const item of list ?? []) {
      if (kept.length >= most) break
      if (truthy(condition(having(env, { [name]: item })))) kept.push(item)
    }
    return list ? kept : null
  }
}

const $reduce: Operator = (argument, compile) => {
  const given = namedArguments('$reduce', argument)
  const [input, start, body] = [compile(given.input), compile(given.initialValue), compile(given.in)]
  return env => {
    const list = listIn('$reduce', input(env))
    if (!list) return null
    return list.reduce((value: unknown, item) => body(having(env, { this: item, value })), start(env))
  }
}

const $let: Operator = (argument, compile) => {
  const given = namedArguments('$let', argument)
  const parts = Object.entries(given.vars as Doc).map(([name, expr]) => [name, compile(expr)] as const)
  const body = compile(given.in)
  return env => body(having(env, Object.fromEntries(parts.map(([name, value]) => [name, value(env)]))))
}

const $cond: Operator = (argument, compile) => {
  const parts: unknown = isDocument(argument) ? [argument.if, argument.then, argument.else] : argument
  if (!Array.isArray(parts) || parts.length !== 3)
    throw new MongoError('BadValue', 'Expression $cond takes exactly 3 arguments.')
  const [condition, then, otherwise] = parts.map(compile) as [Compiled, Compiled, Compiled]
  return env => (truthy(condition(env)) ? then(env) : otherwise(env))
}

const $switch: Operator = (argument, compile) => {
  const given = namedArguments('$switch', argument)
  const branches = (given.branches as Doc[]).map(
    branch => [compile(branch.case), compile(branch.then)] as const,
  )
  const otherwise = 'default' in given ? compile(given.default) : undefined
  return env => {
    for (const [condition, then] of branches) if (truthy(condition(env))) return then(env)
    if (otherwise) return otherwise(env)
    throw new MongoError(
      'Location40066',
      '$switch could not find a matching branch for an input, and no default was specified.',
    )
  }
}

const $ifNull: Operator = (argument, compile) => {
  if (!Array.isArray(argument) || argument.length < 2)
    throw new MongoError('BadValue', '$ifNull needs at least two arguments')
  const parts = argument.map(compile)
  return env => {
    let value: unknown
    for (const part of parts) if (!isNothing((value = part(env)))) break
    return value
  }
}

/** Evaluates no further than it must: what comes after may be an error. */
const until =
  (stop: boolean): Operator =>
  (argument, compile) => {
    const parts = (Array.isArray(argument) ? argument : [argument]).map(compile)
    return env => parts.some(part => truthy(part(env)) === stop) === stop
  }

const ofAll = (name: string, of: (list: unknown[]) => boolean) =>
  applied(name, 1, 1, ([list]) => {
    if (Array.isArray(list)) return of(list)
    throw new MongoError('BadValue', `${name}'s argument must be an array`)
  })

/** The operators that compare, decide and bind variables. */
export const logicOperators: Record<string, Operator> = {
  ...operatorsOf(comparisons, (name, holds) =>
    applied(name, 2, 2, ([a, b], collation) => holds(compareValues(a, b, collation))),
  ),
  $map,
  $filter,
  $reduce,
  $let,
  $cond,
  $switch,
  $ifNull,
  $and: until(false),
  $or: until(true),
  $not: applied('$not', 1, 1, ([value]) => !truthy(value)),
  $allElementsTrue: ofAll('$allElementsTrue', list => list.every(truthy)),
  $anyElementTrue: ofAll('$anyElementTrue', list => list.some(truthy)),
  $rand: () => () => Math.random(),
}
