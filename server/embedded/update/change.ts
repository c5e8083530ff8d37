import { fieldOf, isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { isPlace } from '../value/path.ts'

/** What a change answers to take a field away. */
export const removed = Symbol('removed')

/** How a value becomes another; the value itself means no change. */
export type Change = (old: unknown) => unknown

/**
 * The value with the change made at a path. Only what lies on the path is copied, the rest is shared, so that an
 * unchanged value is known by its identity. `create` says whether missing steps are made or the change left out.
 */
export function withChange(
  value: unknown,
  steps: readonly string[],
  change: Change,
  create: boolean,
  from = 0,
): unknown {
  if (from === steps.length) return change(value)
  const step = steps[from] as string
  if (Array.isArray(value)) return withItemChange(value, steps, change, create, from)
  if (value !== undefined && !isDocument(value)) {
    if (!create) return value
    const parent = steps[from - 1] ?? ''
    throw new MongoError(
      'PathNotViable',
      `Cannot create field '${step}' in element {${parent}: ${String(value)}}`,
    )
  }
  if (value === undefined && !create) return value
  const old = value === undefined ? undefined : fieldOf(value, step)
  const next = withChange(old, steps, change, create, from + 1)
  if (next === old) return value
  if (next !== removed) return { ...value, [step]: next }
  return value === undefined ? value : without(value, step)
}

function withItemChange(
  list: unknown[],
  steps: readonly string[],
  change: Change,
  create: boolean,
  from: number,
): unknown {
  const step = steps[from] as string
  if (!isPlace(step)) {
    if (!create) return list
    throw new MongoError('PathNotViable', `Cannot create field '${step}' in an array`)
  }
  const place = Number(step)
  if (place >= list.length && !create) return list
  if (place > list.length + 1_500_000)
    throw new MongoError('BadValue', `can't backfill more than 1500000 elements`)
  const next = withChange(list[place], steps, change, create, from + 1)
  if (next === list[place] || (next === removed && place >= list.length)) return list
  const copy = list.slice()
  while (copy.length < place) copy.push(null)
  copy[place] = next === removed ? null : next
  return copy
}

function without(doc: Doc, name: string): Doc {
  if (!Object.hasOwn(doc, name)) return doc
  const { [name]: _gone, ...rest } = doc
  return rest
}
