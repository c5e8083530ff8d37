import type { Collation } from '../value/collation.ts'
import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'

/** What expressions are evaluated in: a document and the variables of this place. */
export interface Env {
  root: Doc
  variables: Doc
}

/** An expression made ready. */
export type Compiled = (env: Env) => unknown

/** Makes an operator ready by what stands beside its name. */
export type Operator = (
  argument: unknown,
  compile: (expr: unknown) => Compiled,
  collation: Collation | undefined,
) => Compiled

/** An operator that is a function of its arguments' values; one argument may stand without a list. */
export const applied =
  (
    name: string,
    least: number,
    most: number,
    of: (values: unknown[], collation?: Collation) => unknown,
  ): Operator =>
  (argument, compile, collation) => {
    const list: unknown[] = Array.isArray(argument) ? argument : [argument]
    if (list.length < least || list.length > most) {
      const wanted = least === most ? `exactly ${least}` : `at least ${least} and at most ${most}`
      throw new MongoError(
        'BadValue',
        `Expression ${name} takes ${wanted} arguments. ${list.length} were passed in.`,
      )
    }
    const parts = list.map(compile)
    return env =>
      of(
        parts.map(part => part(env)),
        collation,
      )
  }

/** An operator whose arguments have names; `kept` ones are not evaluated. */
export const withNames =
  (
    name: string,
    known: string[],
    of: (given: Doc, collation?: Collation) => unknown,
    kept: string[] = [],
  ): Operator =>
  (argument, compile, collation) => {
    const fields = namedArguments(name, argument)
    const parts = Object.entries(fields).map(([field, held]) => {
      if (known.includes(field))
        return [field, kept.includes(field) ? () => held as unknown : compile(held)] as const
      throw new MongoError('FailedToParse', `Unrecognized argument to ${name}: ${field}`)
    })
    return env => of(Object.fromEntries(parts.map(([field, part]) => [field, part(env)])), collation)
  }

/** The named arguments of an operator. */
export function namedArguments(name: string, argument: unknown): Doc {
  if (isDocument(argument)) return argument
  throw new MongoError('FailedToParse', `${name} only supports an object as its argument`)
}

/** The operators made of a function by each of these names. */
export const operatorsOf = <T>(of: Record<string, T>, make: (name: string, how: T) => Operator) =>
  Object.fromEntries(Object.entries(of).map(([name, how]) => [name, make(name, how)]))

/** Whether a value is null or missing. */
export const isNothing = (value: unknown): value is null | undefined => value === undefined || value === null
