import { evalExpr } from 'mingo/core'
import type { $dateTrunc } from 'mingo/operators/expression'
import type { Options } from 'mingo/types'
import { collationOf, type Collation } from '../value/collation.ts'
import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'

/** An expression operator as mingo calls it. */
export type Operator = typeof $dateTrunc

/** The value of an expression inside an operator. */
export const evaluate = evalExpr as (doc: unknown, expr: unknown, options: Options) => unknown

/** The collation that expressions are evaluated under; mingo carries its options. */
export const collationIn = (options: Options): Collation | undefined =>
  options.collation && collationOf(options.collation)

/** An operator that is a function of its arguments' values; one argument may stand without a list. */
export const applied =
  (
    name: string,
    least: number,
    most: number,
    of: (values: unknown[], collation?: Collation) => unknown,
  ): Operator =>
  (doc, expr, options) => {
    const list: unknown[] = Array.isArray(expr) ? expr : [expr]
    if (list.length < least || list.length > most) {
      const wanted = least === most ? `exactly ${least}` : `at least ${least} and at most ${most}`
      throw new MongoError(
        'BadValue',
        `Expression ${name} takes ${wanted} arguments. ${list.length} were passed in.`,
      )
    }
    const values = list.map(one => evaluate(doc, one, options))
    return of(values, collationIn(options)) as never
  }

/** An operator whose arguments have names; `kept` ones are not evaluated. */
export const withNames =
  (
    name: string,
    known: string[],
    of: (given: Doc, collation?: Collation) => unknown,
    kept: string[] = [],
  ): Operator =>
  (doc, expr, options) => {
    if (!isDocument(expr))
      throw new MongoError('FailedToParse', `${name} only supports an object as its argument`)
    const given: Doc = {}
    for (const [field, held] of Object.entries(expr)) {
      if (!known.includes(field))
        throw new MongoError('FailedToParse', `Unrecognized argument to ${name}: ${field}`)
      given[field] = kept.includes(field) ? held : evaluate(doc, held, options)
    }
    return of(given, collationIn(options)) as never
  }

/** The operators made of a function by each of these names. */
export const operatorsOf = <T>(of: Record<string, T>, make: (name: string, how: T) => Operator) =>
  Object.fromEntries(Object.entries(of).map(([name, how]) => [name, make(name, how)]))
