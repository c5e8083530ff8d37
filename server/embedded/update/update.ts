import { isDocument, isOperators, type Doc } from '../value/document.ts'
import { identical } from '../value/identical.ts'
import type { Collation } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { equal } from '../value/order.ts'
import { valueAt } from '../value/path.ts'
import type { Variables } from '../aggregate/expression.ts'
import { compileUpdatePipeline } from '../aggregate/update-pipeline.ts'
import { removed, withChange } from './change.ts'
import { refuseConflicts, refuseOverlap } from './conflict.ts'
import { operators } from './operator.ts'
import { comparePaths } from './path-order.ts'
import { arrayTests, concretePaths, refuseUnused, type Places } from './positional.ts'

/** One update as a command carries it. */
export interface UpdateSpec {
  filter: Doc
  /** Operators, a whole new document, or the stages of a pipeline. */
  update: Doc | Doc[]
  arrayFilters?: Doc[]
  variables?: Variables | undefined
  collation?: Collation | undefined
}

/** Makes the new document of an old one; the old one itself is the answer when nothing changes. */
export type Updater = (old: Doc, inserting: boolean) => Doc

/** The updater of an update; an operator that the engine has not is refused by its name. */
export function compileUpdate(spec: UpdateSpec): Updater {
  const { update, arrayFilters } = spec
  if (arrayFilters?.length && (Array.isArray(update) || !isOperators(update)))
    throw new MongoError(
      'FailedToParse',
      `arrayFilters may not be specified for ${Array.isArray(update) ? 'pipeline' : 'replacement'}-style updates`,
    )
  const next = Array.isArray(update)
    ? compileUpdatePipeline(update, spec)
    : isOperators(update)
      ? byOperators(update, spec)
      : replacement(update)
  return (old, inserting) => {
    const doc = withIdOf(old, next(old, inserting))
    if (doc !== old && old._id !== undefined && !equal(doc._id, old._id))
      throw new MongoError(
        'ImmutableField',
        `Performing an update on the path '_id' would modify the immutable field '_id'`,
      )
    return doc
  }
}

/** What a pipeline leaves of a document need not have its `_id`; the document keeps it. */
const withIdOf = ({ _id }: Doc, doc: Doc): Doc =>
  doc._id === undefined && _id !== undefined ? { _id, ...doc } : doc

function replacement(update: Doc): Updater {
  if (Object.keys(update).some(name => name.startsWith('$')))
    throw new MongoError(
      'FailedToParse',
      'the update operation document must not contain both operators and fields',
    )
  return old => {
    const next = '_id' in update || old._id === undefined ? update : { _id: old._id, ...update }
    return identical(next, old) ? old : next
  }
}

/** What one operator does to one path; `$`, `$[]` and `$[name]` stand for several paths of a document. */
interface Step {
  steps: string[]
  /** Whether the path has a `$`. */
  positional: boolean
  apply(doc: Doc, path: string[]): Doc
}

function byOperators(update: Doc, { filter, arrayFilters, collation }: UpdateSpec): Updater {
  const places: Places = { filter, tests: arrayTests(arrayFilters, { collation }), collation }
  const always: Step[] = []
  const onInsert: Step[] = []
  for (const [name, fields] of Object.entries(update)) {
    if (!isDocument(fields))
      throw new MongoError(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeof fields} instead in ${name}`,
      )
    const made = Object.entries(fields).map(([path, argument]) => stepOf(name, path, argument, places))
    if (name === '$setOnInsert') onInsert.push(...made)
    else always.push(...made)
  }
  refuseConflicts(update)
  refuseUnused(update, places)
  const updating = inOrder(always, places)
  const making = onInsert.length ? inOrder([...always, ...onInsert], places) : updating
  return (old, inserting) => (inserting ? making : updating)(old)
}

/** Works on the paths in their order; what `$` stands for is known, and can overlap, only in a document. */
function inOrder(work: Step[], places: Places): (old: Doc) => Doc {
  if (!work.some(step => step.positional)) {
    const sorted = work.toSorted((a, b) => comparePaths(a.steps, b.steps))
    return old => sorted.reduce((doc, step) => step.apply(doc, step.steps), old)
  }
  return old => {
    const concrete = work.flatMap(step =>
      (step.positional ? concretePaths(old, step.steps, places) : [step.steps]).map(path => ({ step, path })),
    )
    refuseOverlap(concrete.map(({ path }) => path.join('.')))
    concrete.sort((a, b) => comparePaths(a.path, b.path))
    return concrete.reduce((doc, { step, path }) => step.apply(doc, path), old)
  }
}

function stepOf(name: string, path: string, argument: unknown, places: Places): Step {
  const steps = path.split('.')
  if (steps.includes(''))
    throw new MongoError(
      'FailedToParse',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    )
  if (name === '$rename') return rename(steps, String(argument).split('.'))
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (!operator) throw new MongoError('FailedToParse', `Unknown modifier: ${name}`)
  const change = operator.change(argument, path, places.collation)
  return {
    steps,
    positional: path.includes('$'),
    apply: (doc, concrete) => withChange(doc, concrete, change, operator.creates) as Doc,
  }
}

/** It works where the new name has its place in the order. */
const rename = (from: string[], to: string[]): Step => ({
  steps: to,
  positional: false,
  apply(doc) {
    const value = valueAt(doc, from)
    if (value === undefined) return doc
    for (const one of [from, to])
      if (one.some((_, count) => Array.isArray(valueAt(doc, one.slice(0, count)))))
        throw new MongoError('BadValue', `$rename cannot go through an array: ${one.join('.')}`)
    const rest = withChange(doc, from, () => removed, false)
    return withChange(rest, to, () => value, true) as Doc
  },
})
