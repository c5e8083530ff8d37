import { isOperators, isRegex, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { unpack } from '../value/packed.ts'
import { emptyArray, indexed } from '../value/path.ts'
import { find } from '../query/find.ts'
import type { Slot } from '../storage/slot.ts'
import { compileExpression, type Variables } from './expression.ts'
import type { Place, Run } from './place.ts'
import { setPath } from './set-path.ts'

/** Adds to each document what another collection of the same database has for it; `run` runs its own pipeline. */
export function lookup(place: Place, spec: Doc, docs: Doc[], run: Run): Doc[] {
  const { from, localField, foreignField, let: letSpec = {}, pipeline, as, ...unknown } = spec
  const [extra] = Object.keys(unknown)
  if (extra) throw notSupported(`the $lookup option ${extra}`)
  if (typeof from !== 'string' || typeof as !== 'string')
    throw notSupported('$lookup without a plain from and as')
  const foreign = place.store.collection(place.database, from, place.reader)
  const steps = as.split('.')
  const given = Object.entries(letSpec as Doc).map(
    ([name, expr]) => [name, compileExpression(expr, place)] as const,
  )
  return docs.map(doc => {
    const filter = localField === undefined ? undefined : joinFilter(doc, localField, foreignField)
    if (!pipeline && foreign?.options.viewOn === undefined)
      return setPath(
        doc,
        steps,
        find(foreign, { filter, collation: place.collation }, place.reader).map(hit => unpack(hit.packed)),
      )
    const variables: Variables = { ...place.variables }
    for (const [name, value] of given) variables[name] = value(doc) ?? null
    const joined = [...(filter ? [{ $match: filter }] : []), ...withEqualities(pipeline ?? [], variables)]
    return setPath(doc, steps, run({ ...place, variables, hint: undefined }, from, joined))
  })
}

/** A missing local value joins with null and missing foreign ones, an array with each of its items. */
function joinFilter(doc: Doc, localField: string, foreignField: unknown): Doc {
  if (typeof foreignField !== 'string')
    throw new MongoError('FailedToParse', '$lookup requires both localField and foreignField')
  const values = indexed(doc, localField.split('.')).values.map(value =>
    value === emptyArray ? null : (value ?? null),
  )
  if (values.some(isRegex)) throw notSupported('$lookup by a regular expression')
  return { [foreignField]: values.length === 1 ? { $eq: values[0] } : { $in: values } }
}

/** What `$expr` says by `$eq` between a field and a variable is said once more as a filter, which indexes understand. */
function withEqualities(pipeline: Doc[], variables: Variables): Doc[] {
  const expr: unknown = pipeline[0]?.$match?.$expr
  if (!isOperators(expr)) return pipeline
  const found: Doc = {}
  for (const part of Array.isArray(expr.$and) ? (expr.$and as Doc[]) : [expr]) {
    if (!Array.isArray(part?.$eq)) continue
    const field = part.$eq.find((side: unknown) => typeof side === 'string' && /^\$[^$]/.test(side)) as
      string | undefined
    const variable = part.$eq.find((side: unknown) => typeof side === 'string' && /^\$\$\w+$/.test(side)) as
      string | undefined
    const value: unknown = variable && variables[variable.slice(2)]
    if (field && value !== undefined && value !== null && !Array.isArray(value))
      found[field.slice(1)] = { $eq: value }
  }
  return Object.keys(found).length ? [{ $match: found }, ...pipeline] : pipeline
}

/** Follows a reference from document to document, each one once. */
export function graphLookup(place: Place, spec: Doc, docs: Doc[]): Doc[] {
  const {
    from,
    startWith,
    connectFromField,
    connectToField,
    as,
    maxDepth,
    depthField,
    restrictSearchWithMatch,
  } = spec
  const foreign = place.store.collection(place.database, from, place.reader)
  if (foreign?.options.viewOn !== undefined) throw notSupported('$graphLookup from a view')
  const deepest = maxDepth === undefined ? Infinity : toNumber(maxDepth)
  const start = compileExpression(startWith, place)
  return docs.map(doc => {
    const reached = new Map<Slot, Doc>()
    let front = [start(doc)].flat()
    for (let depth = 0; front.length && depth <= deepest; depth++) {
      const filter = { $and: [{ [connectToField]: { $in: front } }, restrictSearchWithMatch ?? {}] }
      front = []
      for (const { slot, packed } of find(foreign, { filter, collation: place.collation }, place.reader)) {
        if (reached.has(slot)) continue
        const found = unpack(packed)
        reached.set(slot, depthField ? setPath(found, depthField.split('.'), depth) : found)
        front.push(
          ...indexed(found, connectFromField.split('.')).values.filter(
            value => value !== null && value !== undefined && value !== emptyArray,
          ),
        )
      }
    }
    return setPath(doc, as.split('.'), [...reached.values()])
  })
}
