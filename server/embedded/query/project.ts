import { isDocument, putField, isOperators, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { rank, rankOf } from '../value/order.ts'
import { valueAt } from '../value/path.ts'
import { truthy } from '../value/truth.ts'
import { compileExpression, type Scope } from '../aggregate/expression.ts'
import { setPath } from '../aggregate/set-path.ts'
import { firstOrLast } from '../update/array-operator.ts'
import { arrayTests, conditionTests } from '../update/positional.ts'

/** Makes what is shown of a document. */
export type Projector = (doc: Doc) => Doc

/** Names to take or to leave, level by level. */
interface Tree {
  [name: string]: Tree | true
}

interface Parts {
  included: string[]
  excluded: string[]
  /** What is put into the result beside the taken fields. */
  computed: [steps: string[], value: (doc: Doc) => unknown][]
  /** Whether a computed part shows only itself and `_id`. */
  selective: boolean
}

/** The projector of a find's projection or a `$project`; the filter is what `$` refers to. */
export function compileProjection(spec: Doc, filter: Doc = {}, scope?: Scope): Projector {
  const parts: Parts = { included: [], excluded: [], computed: [], selective: false }
  readSpec(spec, '', parts, filter, scope)
  const { included, excluded, computed } = parts
  const others = excluded.filter(path => path !== '_id')
  const taking =
    included.some(path => path !== '_id') || parts.selective || (included.length > 0 && !others.length)
  if (taking && others.length)
    throw new MongoError('BadValue', `Cannot do exclusion on field ${others[0]} in inclusion projection`)
  if (taking && !excluded.includes('_id')) included.unshift('_id')
  const tree = treeOf(taking ? included : excluded)
  return doc => {
    let shown = taking ? pick(doc, tree) : omit(doc, tree)
    for (const [steps, value] of computed) shown = setPath(shown, steps, value(doc))
    return shown
  }
}

function readSpec(spec: Doc, above: string, parts: Parts, filter: Doc, scope?: Scope): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = above + name
    if (path.endsWith('.$')) addPositional(path.slice(0, -2), parts, filter, scope)
    else if (typeof value === 'boolean' || rankOf(value) === rank.number)
      (truthy(value) ? parts.included : parts.excluded).push(path)
    else if (isDocument(value) && !isOperators(value) && Object.keys(value).length)
      readSpec(value, path + '.', parts, filter, scope)
    else addComputed(path, value, parts, scope)
  }
}

function addComputed(path: string, value: unknown, parts: Parts, scope?: Scope): void {
  const steps = path.split('.')
  const [operator, argument] = isOperators(value) ? (Object.entries(value)[0] as [string, unknown]) : []
  if (operator === '$meta') throw notSupported('$meta')
  const isSlice = operator === '$slice' && [argument].flat().every(one => rankOf(one) === rank.number)
  if (isSlice) return void parts.computed.push([steps, doc => slice(valueAt(doc, steps), argument)])
  parts.selective = true
  if (operator !== '$elemMatch') return void parts.computed.push([steps, compileExpression(value, scope)])
  const test = arrayTests([{ item: isOperators(argument) ? argument : { $elemMatch: argument } }], scope).get(
    'item',
  )
  const matches = (item: unknown) => Boolean(test?.(isOperators(argument) ? item : [item]))
  parts.computed.push([steps, doc => firstOnly(valueAt(doc, steps), matches)])
}

/** `list.$` shows the first item that satisfies the filter's conditions on the list. */
function addPositional(path: string, parts: Parts, filter: Doc, scope?: Scope): void {
  const tests = conditionTests(filter, path, scope)
  const steps = path.split('.')
  parts.selective = true
  parts.computed.push([steps, doc => firstOnly(valueAt(doc, steps), item => tests.every(test => test(item)))])
}

function firstOnly(list: unknown, matches: (item: unknown) => boolean): unknown {
  const place = Array.isArray(list) ? list.findIndex(matches) : -1
  return place < 0 ? undefined : [(list as unknown[])[place]]
}

function slice(list: unknown, argument: unknown): unknown {
  if (!Array.isArray(list)) return list
  if (!Array.isArray(argument)) return firstOrLast(list, toNumber(argument))
  const [skip, count] = argument.map(toNumber) as [number, number]
  const start = skip < 0 ? Math.max(0, list.length + skip) : skip
  return list.slice(start, start + count)
}

/** Without a prototype every name is the tree's own. */
const emptyTree = () => Object.create(null) as Tree

function treeOf(paths: string[]): Tree {
  const tree = emptyTree()
  for (const path of paths) {
    const steps = path.split('.')
    const last = steps.pop() as string
    let level = tree
    for (const step of steps) {
      const next = level[step]
      level = level[step] = next && next !== true ? next : emptyTree()
    }
    level[last] = true
  }
  return tree
}

function pick(doc: Doc, tree: Tree): Doc {
  const shown: Doc = {}
  for (const name in doc) {
    const branch = tree[name]
    const value = branch && branch !== true ? pickBelow(doc[name], branch) : doc[name]
    if (branch && value !== undefined) putField(shown, name, value)
  }
  return shown
}

function pickBelow(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map(item => pickBelow(item, tree)).filter(item => item !== undefined)
  return isDocument(value) ? pick(value, tree) : undefined
}

/** The document without the fields of a tree. */
function omit(doc: Doc, tree: Tree): Doc {
  const shown: Doc = {}
  for (const name in doc) {
    const branch = tree[name]
    if (branch !== true) putField(shown, name, branch ? omitBelow(doc[name], branch) : doc[name])
  }
  return shown
}

function omitBelow(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map(item => omitBelow(item, tree))
  return isDocument(value) ? omit(value, tree) : value
}
