import { isDocument, type Doc } from '../value/document.ts'
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
  tests: Map<string, ItemTest>
  collation?: Collation | undefined
}

/** The tests that `arrayFilters` stand for, by their names. */
export function arrayTests(filters: Doc[] = [], scope?: Scope): Places['tests'] {
  const tests: Places['tests'] = new Map()
  for (const filter of filters) {
    const name = nameOf(filter)
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

function nameOf(filter: Doc): string {
  const [name, other] = new Set(namesIn(filter))
  if (name === undefined)
    throw new MongoError(
      'FailedToParse',
      'Cannot use an expression without a top-level field name in arrayFilters',
    )
  const fault = 'Error parsing array filter :: caused by ::'
  if (other !== undefined)
    throw new MongoError(
      'FailedToParse',
      `${fault} Expected a single top-level field name, found '${name}' and '${other}'`,
    )
  if (/^[a-z][a-zA-Z0-9]*$/.test(name)) return name
  throw new MongoError(
    'BadValue',
    `${fault} The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
  )
}

const namesIn = (filter: Doc): string[] =>
  Object.entries(filter).flatMap(([name, value]) =>
    name.startsWith('$')
      ? [value].flat().flatMap(part => (isDocument(part) ? namesIn(part) : []))
      : [name.split('.')[0] as string],
  )

/** Refuses names in the paths that no array filter has, and array filters whose names stand in no path. */
export function refuseUnused(update: Doc, { tests }: Places): void {
  const used = new Set<string>()
  for (const path of Object.values(update).flatMap(fields => Object.keys(fields as Doc)))
    for (const [, name] of path.includes('$[') ? path.matchAll(/\$\[([^\].]+)\]/g) : []) {
      if (!tests.has(name as string))
        throw new MongoError('BadValue', `No array filter found for identifier '${name}' in path '${path}'`)
      used.add(name as string)
    }
  for (const name of tests.keys())
    if (!used.has(name))
      throw new MongoError(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update ${JSON.stringify(update)}`,
      )
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
  if (!Array.isArray(list))
    throw new MongoError(
      'BadValue',
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    )
  return list.flatMap((item: unknown, place) => (!test || test(item) ? [[...path, String(place)]] : []))
}

/**
 * The place of the first item that satisfies everything the filter asks of this array. Several conditions may have been
 * met by several items: then it is that of the last condition.
 */
function placeOfMatch(doc: Doc, path: string[], { filter, collation }: Places): string {
  const list = valueAt(doc, path)
  const name = path.filter(step => !isPlace(step)).join('.')
  const tests = conditionTests(filter, name, { collation })
  if (Array.isArray(list) && tests.length) {
    const whole = list.findIndex(item => tests.every(test => test(item)))
    const place = whole < 0 ? list.findIndex(item => tests.at(-1)?.(item)) : whole
    if (place >= 0) return String(place)
  }
  throw new MongoError('BadValue', 'The positional operator did not find the match needed from the query.')
}

type ItemTest = (item: unknown) => boolean

/** The tests of items that a filter's conditions on an array, and below it, amount to. */
export function conditionTests(filter: Doc, name: string, scope?: Scope): ItemTest[] {
  return Object.entries(filter).flatMap(([path, condition]): ItemTest[] => {
    if (path === '$and') return (condition as Doc[]).flatMap(part => conditionTests(part, name, scope))
    if (path === '$or') return anyOf((condition as Doc[]).map(part => conditionTests(part, name, scope)))
    if (path === name) return [itemTest('item', condition, scope)]
    return path.startsWith(name + '.') ? [itemTest(`item${path.slice(name.length)}`, condition, scope)] : []
  })
}

function anyOf(branches: ItemTest[][]): ItemTest[] {
  const asking = branches.filter(tests => tests.length)
  return asking.length ? [item => asking.some(tests => tests.every(test => test(item)))] : []
}

/** `$elemMatch` alone decides where it stands on the array itself; it is asked of an array of this item. */
function itemTest(path: string, condition: unknown, scope?: Scope): ItemTest {
  const chooses = path === 'item' && isDocument(condition) && condition.$elemMatch !== undefined
  const matcher = compileFilter({ [path]: chooses ? { $elemMatch: condition.$elemMatch } : condition }, scope)
  return chooses ? item => matcher({ item: [item] }) : item => matcher({ item })
}
