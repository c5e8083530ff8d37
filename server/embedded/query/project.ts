import { fieldOf, isDocument, isOperators, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { rank, rankOf } from '../value/order.ts'
import { truthy } from '../value/truth.ts'
import { compileExpression, type Scope } from '../aggregate/expression.ts'
import { setPath } from '../aggregate/set-path.ts'
import { firstOrLast } from '../update/array-operator.ts'
import { arrayTests, conditionTests } from '../update/positional.ts'
import { omit, pick, treeOf, withValues, type Leaf } from './path-tree.ts'

/** Makes what is shown of a document. */
export type Projector = (doc: Doc) => Doc

/** What a projection says of its paths, in its own order. */
interface Parts {
  taken: string[]
  left: string[]
  computed: [path: string, value: (root: Doc) => unknown][]
  /** Lists of which a part is shown, by `$slice` or the positional `$`. */
  cut: [path: string, part: (list: unknown[]) => unknown[]][]
  /** Lists of which the first item that matches is shown, by `$elemMatch`. */
  chosen: [path: string, item: (root: Doc) => unknown][]
  /** Whether there is a positional `$`; there can be one. */
  positional: boolean
}

/** The projector of a find's projection or a `$project`; the filter is what `$` refers to. */
export function compileProjection(spec: Doc, filter: Doc = {}, scope?: Scope): Projector {
  const parts: Parts = { taken: [], left: [], computed: [], cut: [], chosen: [], positional: false }
  readSpec(spec, '', parts, filter, scope)
  refuseCollision(parts)
  const project = takes(parts) ? taking(parts) : leaving(parts)
  const cuts = parts.cut.map(([path, part]) => [path.split('.'), part] as const)
  if (!cuts.length) return project
  return doc => cuts.reduce((shown, [steps, part]) => cutAt(shown, steps, part) as Doc, project(doc))
}

function taking({ taken, left, computed, cut, chosen }: Parts): Projector {
  const values = [...computed, ...chosen]
  const named = [...taken, ...pathsOf(cut)]
  const saysId = [...named, ...left, ...pathsOf(computed)].some(path => path.split('.')[0] === '_id')
  const shown = saysId ? named : ['_id', ...named]
  const tree = treeOf([...marked(shown), ...values], pathCollision)
  if (!values.length) return doc => pick(doc, tree)
  const computing = treeOf(values, pathCollision)
  return doc => withValues(pick(doc, tree), doc, computing)
}

function leaving({ left, chosen }: Parts): Projector {
  const tree = treeOf(marked(left), pathCollision)
  return doc => chosen.reduce((shown, [path, item]) => setPath(shown, [path], item(doc)), omit(doc, tree))
}

const pathsOf = (entries: [path: string, ...rest: unknown[]][]) => entries.map(([path]) => path)

const marked = (paths: string[]): [string, Leaf][] => paths.map(path => [path, true])

function refuseCollision({ taken, left, computed, cut, chosen }: Parts): void {
  const paths = [...taken, ...left, ...[computed, cut, chosen].flatMap(pathsOf)]
  treeOf(marked(paths), pathCollision)
}

/** Whether only what is named is shown; refuses a projection that says both. */
function takes({ taken, left, computed, chosen, positional }: Parts): boolean {
  const others = (paths: string[]) => paths.filter(path => path !== '_id')
  const [out] = others(left)
  const isTaking = positional || others(taken).length + computed.length > 0
  if (out !== undefined && isTaking)
    throw new MongoError('Location31254', `Cannot do exclusion on field ${out} in inclusion projection`)
  if (out !== undefined || isTaking) return isTaking
  return taken.length > 0 || chosen.length > 0
}

const pathCollision = (path: string, beyond?: string) =>
  beyond === undefined
    ? new MongoError('Location31250', `Path collision at ${path}`)
    : new MongoError('Location31249', `Path collision at ${path} remaining portion ${beyond}`)

function readSpec(spec: Doc, above: string, parts: Parts, filter: Doc, scope?: Scope): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = above + name
    if (path.endsWith('.$')) addPositional(path.slice(0, -2), parts, filter, scope)
    else if (typeof value === 'boolean' || rankOf(value) === rank.number)
      (truthy(value) ? parts.taken : parts.left).push(path)
    else if (isDocument(value) && !isOperators(value)) {
      if (!Object.keys(value).length)
        throw new MongoError(
          'Location51270',
          `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
        )
      readSpec(value, path + '.', parts, filter, scope)
    } else addComputed(path, value, parts, scope)
  }
}

function addComputed(path: string, value: unknown, parts: Parts, scope?: Scope): void {
  const [operator, argument] = isOperators(value) ? (Object.entries(value)[0] as [string, unknown]) : []
  if (operator === '$meta') throw notSupported('$meta')
  if (operator === '$slice' && [argument].flat().every(one => rankOf(one) === rank.number))
    parts.cut.push([path, list => slice(list, argument)])
  else if (operator === '$elemMatch') parts.chosen.push([path, elementMatch(path, argument, scope)])
  else parts.computed.push([path, compileExpression(value, scope)])
}

function elementMatch(path: string, argument: unknown, scope?: Scope): (root: Doc) => unknown {
  if (path.includes('.'))
    throw new MongoError('Location31275', `Cannot use $elemMatch projection on a nested field: ${path}`)
  const onItems = isOperators(argument)
  const test = arrayTests([{ item: onItems ? argument : { $elemMatch: argument } }], scope).get('item')
  const matches = (item: unknown) => Boolean(test?.(onItems ? item : [item]))
  return doc => {
    const list = fieldOf(doc, path)
    const place = Array.isArray(list) ? list.findIndex(matches) : -1
    return place < 0 ? undefined : [(list as unknown[])[place]]
  }
}

/** `list.$` shows the first item that satisfies the filter's conditions on the list. */
function addPositional(path: string, parts: Parts, filter: Doc, scope?: Scope): void {
  const tests = conditionTests(filter, path, scope)
  if (parts.positional)
    throw new MongoError('Location31276', 'Cannot specify more than one positional projection per query.')
  parts.positional = true
  parts.cut.push([
    path,
    list => {
      const item = list.findIndex(item => tests.every(test => test(item)))
      if (item >= 0) return [list[item]]
      throw new MongoError(
        'Location51246',
        `Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array`,
      )
    },
  ])
}

function slice(list: unknown[], argument: unknown): unknown[] {
  if (!Array.isArray(argument)) return firstOrLast(list, toNumber(argument))
  const [skip, count] = argument.map(toNumber) as [number, number]
  const start = skip < 0 ? Math.max(0, list.length + skip) : skip
  return list.slice(start, start + count)
}

/** Shows a part of the lists at a path, in every document of the arrays on the way. */
function cutAt(value: unknown, steps: readonly string[], part: (list: unknown[]) => unknown[]): unknown {
  const [step, ...below] = steps
  if (step === undefined) return Array.isArray(value) ? part(value) : value
  if (Array.isArray(value))
    return value.map(item => (isDocument(item) ? cutAt(item, steps, part) : item) as unknown)
  if (!isDocument(value) || !Object.hasOwn(value, step)) return value
  return { ...value, [step]: cutAt(value[step], below, part) }
}
