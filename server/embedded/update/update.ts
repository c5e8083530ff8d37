import { identical, isDocument, isOperators, isRegex, type Doc } from '../value/document.ts'
import type { Collation } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { equal } from '../value/order.ts'
import { valueAt } from '../value/path.ts'
import type { Variables } from '../aggregate/expression.ts'
import { compileUpdatePipeline } from '../aggregate/update-pipeline.ts'
import { removed, withChange } from './change.ts'
import { operators } from './operator.ts'
import { arrayTests, concretePaths, type Places } from './positional.ts'

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
  const { update } = spec
  const next = Array.isArray(update)
    ? compileUpdatePipeline(update, spec)
    : isOperators(update)
      ? byOperators(update, spec)
      : replacement(update)
  return (old, inserting) => {
    const doc = next(old, inserting)
    if (doc !== old && old._id !== undefined && !equal(doc._id, old._id))
      throw new MongoError(
        'ImmutableField',
        `Performing an update on the path '_id' would modify the immutable field '_id'`,
      )
    return doc
  }
}

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
  path: string
  concrete(old: Doc): string[][]
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
    const steps = Object.entries(fields).map(([path, argument]) => stepOf(name, path, argument, places))
    if (name === '$setOnInsert') onInsert.push(...steps)
    else always.push(...steps)
  }
  refuseConflicts(update)
  return (old, inserting) => {
    const work = (inserting ? [...always, ...onInsert] : always).flatMap(step =>
      step.concrete(old).map(path => ({ step, path })),
    )
    if (work.some(({ step }) => step.path.includes('$')))
      refuseOverlap(work.map(({ path }) => path.join('.')))
    return work.reduce((doc, { step, path }) => step.apply(doc, path), old)
  }
}

function stepOf(name: string, path: string, argument: unknown, places: Places): Step {
  const steps = path.split('.')
  if (steps.includes(''))
    throw new MongoError(
      'FailedToParse',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    )
  if (name === '$rename') return rename(path, String(argument).split('.'))
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (!operator) throw new MongoError('FailedToParse', `Unknown modifier: ${name}`)
  const change = operator.change(argument, path, places.collation)
  return {
    path,
    concrete: path.includes('$') ? old => concretePaths(old, steps, places) : () => [steps],
    apply: (doc, concrete) => withChange(doc, concrete, change, operator.creates) as Doc,
  }
}

const rename = (path: string, to: string[]): Step => ({
  path,
  concrete: () => [path.split('.')],
  apply(doc, from) {
    const value = valueAt(doc, from)
    if (value === undefined) return doc
    for (const one of [from, to])
      if (one.some((_, count) => Array.isArray(valueAt(doc, one.slice(0, count)))))
        throw new MongoError('BadValue', `$rename cannot go through an array: ${one.join('.')}`)
    const rest = withChange(doc, from, () => removed, false)
    return withChange(rest, to, () => value, true) as Doc
  },
})

/** One path may be written once, not together with one above it; `$[]` and plain steps may not share an array. */
function refuseConflicts(update: Doc): void {
  const paths = Object.entries(update).flatMap(([name, fields]) =>
    Object.entries(fields as Doc).flatMap(([path, to]) => (name === '$rename' ? [path, String(to)] : [path])),
  )
  if (paths.length < 2) return
  refuseOverlap(paths)
  const kinds = new Map<string, boolean>()
  for (const path of paths)
    for (const [at, step, steps] of path.split('.').map((one, place, all) => [place, one, all] as const)) {
      const above = steps.slice(0, at).join('.')
      const filtered = step.startsWith('$[')
      if ((kinds.get(above) ?? filtered) !== filtered) throw conflict(path, above)
      kinds.set(above, filtered)
    }
}

function refuseOverlap(paths: string[]): void {
  if (paths.length < 2) return
  const seen = new Set(paths)
  for (const path of paths) {
    const above = path.split('.').map((_, count, steps) => steps.slice(0, count).join('.'))
    const other = seen.size < paths.length ? path : above.find(part => seen.has(part))
    if (other !== undefined) throw conflict(path, other)
  }
}

const conflict = (path: string, at: string) =>
  new MongoError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${at}'`,
  )

/** The document that an upsert starts from: what the filter says by equality. */
export function upsertBase(filter: Doc): Doc {
  let doc: Doc = {}
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' || (path === '$or' && condition.length === 1))
      for (const part of condition as Doc[])
        for (const [at, value] of Object.entries(upsertBase(part))) doc = { ...doc, [at]: value }
    if (path.startsWith('$') || isRegex(condition)) continue
    const value = equality(condition)
    if (value !== undefined) doc = withChange(doc, path.split('.'), () => value, true) as Doc
  }
  return doc
}

function equality(condition: unknown): unknown {
  if (!isOperators(condition)) return condition
  if ('$eq' in condition) return condition.$eq
  return condition.$all?.length === 1 ? condition.$all[0] : undefined
}
