import { identical, isDocument, isOperators, isRegex, type Doc } from '../value/document.ts'
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
  variables?: Variables
}

/** Makes the new document of an old one; the old one itself is the answer when nothing changes. */
export type Updater = (old: Doc, inserting: boolean) => Doc

/** The updater of an update; an operator that the engine has not is refused by its name. */
export function compileUpdate(spec: UpdateSpec): Updater {
  const { update } = spec
  const next = Array.isArray(update)
    ? compileUpdatePipeline(update, spec.variables)
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

type Step = (old: Doc, doc: Doc) => Doc

function byOperators(update: Doc, { filter, arrayFilters }: UpdateSpec): Updater {
  const places: Places = { filter, tests: arrayTests(arrayFilters) }
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
    let doc = old
    for (const step of always) doc = step(old, doc)
    if (inserting) for (const step of onInsert) doc = step(old, doc)
    return doc
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
  const change = operator.change(argument, path)
  const { creates } = operator
  if (!path.includes('$')) return (_old, doc) => withChange(doc, steps, change, creates) as Doc
  return (old, doc) => {
    for (const concrete of concretePaths(old, steps, places))
      doc = withChange(doc, concrete, change, creates) as Doc
    return doc
  }
}

const rename =
  (from: string[], to: string[]): Step =>
  (_old, doc) => {
    const value = valueAt(doc, from)
    if (value === undefined) return doc
    for (const path of [from, to])
      if (path.some((_, count) => Array.isArray(valueAt(doc, path.slice(0, count)))))
        throw new MongoError('BadValue', `$rename cannot go through an array: ${path.join('.')}`)
    const rest = withChange(doc, from, () => removed, false)
    return withChange(rest, to, () => value, true) as Doc
  }

/** One path may be written once, and not together with a path above or below it. */
function refuseConflicts(update: Doc): void {
  const paths = Object.entries(update).flatMap(([name, fields]) =>
    Object.entries(fields as Doc).flatMap(([path, to]) => (name === '$rename' ? [path, String(to)] : [path])),
  )
  if (paths.length < 2) return
  const seen = new Set(paths)
  for (const path of paths) {
    const above = path.split('.').map((_, count, steps) => steps.slice(0, count).join('.'))
    if (seen.size < paths.length || above.some(part => seen.has(part)))
      throw new MongoError(
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${path}'`,
      )
  }
}

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
