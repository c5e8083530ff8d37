import { isDocument, isOperators, isRegex, type Doc } from '../value/document.ts'
import { rank, rankOf } from '../value/order.ts'
import { truthy } from '../value/truth.ts'
import type { Scope } from '../aggregate/expression.ts'
import { compileValue } from './match.ts'
import { fixedPrefix, toRegExp } from './regex.ts'

/** One end of a range. */
export interface Bound {
  value: unknown
}

/** What a filter demands of one path, as far as an index can use it; every match satisfies all of it. */
export interface Constraint {
  /** The values one of which the path must have. */
  points?: unknown[]
  low?: Bound
  high?: Bound
  /** What the text must begin with. */
  prefix?: string
  /** Whether the path must exist. */
  exists?: boolean
}

/** The constraints of a filter by path. */
export type Constraints = Map<string, Constraint>

/** Reads what a filter and its `$and`s demand of single paths; what it does not understand it leaves out. */
export function constraintsOf(filter: Doc, into: Constraints = new Map()): Constraints {
  for (const path in filter) {
    const condition: unknown = filter[path]
    if (path === '$and') for (const part of condition as Doc[]) constraintsOf(part, into)
    if (path.startsWith('$')) continue
    const constraint = into.get(path) ?? {}
    into.set(path, constraint)
    if (isRegex(condition)) constraint.prefix = fixedPrefix(toRegExp(condition))
    else if (isOperators(condition))
      for (const name in condition) constrain(constraint, name, condition[name], condition)
    else setPoints(constraint, [condition])
  }
  return into
}

function constrain(constraint: Constraint, name: string, value: unknown, all: Doc): void {
  switch (name) {
    case '$eq':
      return setPoints(constraint, [value])
    case '$in':
      return Array.isArray(value) ? setPoints(constraint, value) : undefined
    case '$gt':
    case '$gte':
      if (rangeable(value)) constraint.low = { value }
      return
    case '$lt':
    case '$lte':
      if (rangeable(value)) constraint.high = { value }
      return
    case '$regex':
      constraint.prefix = fixedPrefix(toRegExp(value, all.$options))
      return
    case '$exists':
      constraint.exists = truthy(value)
  }
}

/** An array equals whole arrays and items, a regular expression what it matches: neither is a point of an index. */
function setPoints(constraint: Constraint, values: unknown[]): void {
  if (values.some(value => Array.isArray(value) || isRegex(value))) return
  if (!constraint.points || values.length < constraint.points.length) constraint.points = values
}

const unranged: number[] = [rank.null, rank.minKey, rank.maxKey, rank.array, rank.regex]
const rangeable = (value: unknown) => !unranged.includes(rankOf(value))

/** Whether every match of the constraints also matches a partial index's filter. */
export function implies(constraints: Constraints, only: Doc, scope: Scope): boolean {
  return Object.entries(only).every(([path, wanted]) => {
    if (path === '$and') return (wanted as Doc[]).every(part => implies(constraints, part, scope))
    const constraint = constraints.get(path)
    return constraint !== undefined && impliesOne(constraint, wanted, scope)
  })
}

function impliesOne(constraint: Constraint, wanted: unknown, { collation }: Scope): boolean {
  const { points, low, high, prefix } = constraint
  if (isDocument(wanted) && wanted.$exists === true && Object.keys(wanted).length === 1) {
    if (low || high || prefix !== undefined || constraint.exists) return true
    return points !== undefined && points.every(point => rankOf(point) !== rank.null)
  }
  return points !== undefined && points.every(compileValue(wanted, { collation }))
}
