import { fieldOf, isDocument, type Doc } from './document.ts'

/** Whether a step of a path can be the place of an array's item. */
export const isPlace = (step: string) => /^(0|[1-9]\d*)$/.test(step)

/** The value at a path, without looking into the items of arrays. */
export function valueAt(value: unknown, steps: readonly string[]): unknown {
  let at = value
  for (const step of steps) {
    if (at === null || typeof at !== 'object') return undefined
    if (!Array.isArray(at) && !isDocument(at)) return undefined
    at = fieldOf(at as Doc, step)
  }
  return at
}

/** Calls with every value that a query's path reaches, through arrays too, until one call answers true. */
export function reach(
  value: unknown,
  steps: readonly string[],
  visit: (value: unknown) => boolean,
  from = 0,
): boolean {
  if (from === steps.length) return visit(value)
  const step = steps[from] as string
  if (Array.isArray(value)) {
    const byPlace = isPlace(step) && Number(step) < value.length
    if (byPlace && reach(value[Number(step)], steps, visit, from + 1)) return true
    for (const item of value) if (isDocument(item) && reach(item, steps, visit, from)) return true
    return false
  }
  return isDocument(value) ? reach(fieldOf(value, step), steps, visit, from + 1) : visit(undefined)
}

/** What stands for an array without items in the order of an index or a sort: it comes before null. */
export const emptyArray = Object.freeze({ _bsontype: 'EmptyArray' })

/** What an index or a sort sees at a path: the items of arrays one by one. */
export interface Reached {
  values: unknown[]
  /** Whether an array lay on the way. */
  many: boolean
}

/** The values that an index stores for a path; a missing value counts as undefined. */
export function indexed(doc: Doc, steps: readonly string[]): Reached {
  const out: Reached = { values: [], many: false }
  collect(doc, steps, 0, out)
  return out
}

function collect(value: unknown, steps: readonly string[], from: number, out: Reached): void {
  const atEnd = from === steps.length
  if (Array.isArray(value)) {
    out.many = true
    if (atEnd) return void out.values.push(...(value.length ? value : [emptyArray]))
    const step = steps[from] as string
    if (isPlace(step) && Number(step) < value.length)
      return collect(value[Number(step)], steps, from + 1, out)
    const items = value.filter(isDocument)
    if (!items.length) out.values.push(undefined)
    for (const item of items) collect(item, steps, from, out)
  } else if (atEnd) out.values.push(value)
  else if (isDocument(value)) collect(fieldOf(value, steps[from] as string), steps, from + 1, out)
  else out.values.push(undefined)
}
