import { isDocument, isOperators, type Doc } from '../value/document.ts'
import type { Collation } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { isPlace, valueAt } from '../value/path.ts'
import type { Scope } from '../aggregate/expression.ts'
import { compileFilter } from '../query/match.ts'

/** What `$`, `$[]` and `$[name]` in the paths of an update mean. */
export interface Places {
  /** The filter by which the document was found: it decides what `$` is. */
  filter: Doc
  /** The tests of items by the names of `arrayFilters`. */
  tests: Map<string, (item: unknown) => boolean>
  collation?: Collation | undefined
}

/** The tests that `arrayFilters` stand for, by their names. */
export function arrayTests(filters: Doc[] = [], scope?: Scope): Places['tests'] {
  const tests: Places['tests'] = new Map()
  for (const filter of filters) {
    const name = nameOf(filter)
    if (!name)
      throw new MongoError(
        'FailedToParse',
        'Cannot use an expression without a top-level field name in arrayFilters',
      )
    if (tests.has(name))
      throw new MongoError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      )
    const matcher = compileFilter(filter, scope)
    tests.set(name, item => matcher({ [name]: item }))
  }
  return tests
}

function nameOf(filter: Doc): string | undefined {
  for (const [name, value] of Object.entries(filter)) {
    if (!name.startsWith('$')) return name.split('.')[0]
    for (const part of [value].flat()) if (isDocument(part)) return nameOf(part)
  }
  return undefined
}

/** The paths without `$`, `$[]` and `$[name]` that a path means in this document. */
export function concretePaths(doc: Doc, steps: readonly string[], places: Places): string[][] {
  let paths: string[][] = [[]]
  for (const step of steps) {
    if (step === '$') paths = paths.map(path => [...path, placeOfMatch(doc, path, places)])
    else if (step.startsWith('$[')) paths = paths.flatMap(path => placesOf(doc, path, step, places))
    else for (const path of paths) path.push(step)
  }
  return paths
}

function placesOf(doc: Doc, path: string[], step: string, { tests }: Places): string[][] {
  const list = valueAt(doc, path)
  const name = step.slice(2, -1)
  const test = tests.get(name)
  if (name && !test)
    throw new MongoError(
      'BadValue',
      `No array filter found for identifier '${name}' in path '${path.join('.')}'`,
    )
  if (!Array.isArray(list))
    throw new MongoError(
      'BadValue',
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    )
  return list.flatMap((item: unknown, place) => (!test || test(item) ? [[...path, String(place)]] : []))
}

/** The place of the first item that satisfies everything the filter asks of this array. */
function placeOfMatch(doc: Doc, path: string[], { filter, collation }: Places): string {
  const list = valueAt(doc, path)
  const name = path.filter(step => !isPlace(step)).join('.')
  const tests = conditionTests(filter, name, { collation })
  const place =
    Array.isArray(list) && tests.length ? list.findIndex(item => tests.every(test => test(item))) : -1
  if (place >= 0) return String(place)
  throw new MongoError('BadValue', 'The positional operator did not find the match needed from the query.')
}

/** The tests of items that a filter's conditions on an array amount to. */
export const conditionTests = (filter: Doc, name: string, scope?: Scope) =>
  conditionsOn(filter, name).map(condition => itemTest(condition, scope))

/** The filter's conditions on an array and below it, by what is left of their paths. */
function conditionsOn(filter: Doc, name: string): [rest: string, condition: unknown][] {
  return Object.entries(filter).flatMap(([path, condition]): [string, unknown][] => {
    if (path === '$and') return (condition as Doc[]).flatMap(part => conditionsOn(part, name))
    if (path === name) return [['', condition]]
    return path.startsWith(name + '.') ? [[path.slice(name.length + 1), condition]] : []
  })
}

function itemTest(
  [rest, condition]: [rest: string, condition: unknown],
  scope?: Scope,
): (item: unknown) => boolean {
  const matcher = compileFilter(
    isDocument(condition) && isDocument(condition.$elemMatch) && !isOperators(condition.$elemMatch)
      ? prefixed(condition.$elemMatch)
      : isDocument(condition) && condition.$elemMatch
        ? { item: condition.$elemMatch }
        : { [rest ? `item.${rest}` : 'item']: condition },
    scope,
  )
  return item => matcher({ item })
}

const prefixed = (filter: Doc): Doc =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [`item.${name}`, value]))
