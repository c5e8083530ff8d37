import type { Document } from 'mongodb'
import { order } from './model-order.ts'
import { valueMeets } from './model-query.ts'

// What MongoDB's manual says of update operators, on a copy of the document, which may be changed freely.

/** The update that MongoDB refuses. */
export class Refused extends Error {}

const refuse = (why: string): never => {
  throw new Refused(why)
}

/** jest's realm has a Date of its own, which structuredClone does not know. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T
  if (!isHolder(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, copyOf(held)])) as T
}

type Holder = { at: Document; name: string } | undefined

const isHolder = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !(value instanceof Date)

/** What holds the last step of a path; missing steps are made or, without `make`, answer nothing. */
function holderOf(doc: Document, steps: string[], make: boolean): Holder {
  let at: Document = doc
  for (const [i, step] of steps.entries()) {
    const isArray: boolean = Array.isArray(at)
    if (isArray && !/^\d+$/.test(step)) return make ? refuse('a name in an array') : undefined
    if (i === steps.length - 1) return { at, name: step }
    if (at[step] === undefined) {
      if (!make) return undefined
      fillUp(at, step)
      at[step] = {}
    }
    if (!isHolder(at[step])) return make ? refuse('a field in a scalar') : undefined
    at = at[step] as Document
  }
  return undefined
}

function fillUp(at: Document, step: string): void {
  if (Array.isArray(at)) while (at.length < Number(step)) at.push(null)
}

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : refuse('not an array')

const isEach = (argument: unknown): argument is Document => isHolder(argument) && '$each' in argument

function pushed(old: unknown, argument: unknown): unknown[] {
  const spec: Document = isEach(argument) ? argument : { $each: [argument] }
  const { $each, $position, $slice, $sort } = spec as {
    $each: unknown[]
    $position?: number
    $slice?: number
    $sort?: 1 | -1
  }
  let items = [...list(old)]
  items.splice($position ?? items.length, 0, ...$each)
  if ($sort) items = items.toSorted((a, b) => order(a, b) * $sort)
  if ($slice === undefined) return items
  return $slice < 0 ? items.slice($slice) : items.slice(0, $slice)
}

function addedToSet(old: unknown, argument: unknown): unknown[] {
  const items = [...list(old)]
  for (const item of isEach(argument) ? (argument.$each as unknown[]) : [argument])
    if (!items.some(held => order(held, item) === 0)) items.push(item)
  return items
}

/** What an operator makes of what stands at a path. */
function made(operator: string, old: unknown, argument: unknown): unknown {
  switch (operator) {
    case '$set':
      return argument
    case '$inc':
    case '$mul':
      if (old !== undefined && typeof old !== 'number') return refuse('not a number')
      if (operator === '$inc') return ((old as number | undefined) ?? 0) + (argument as number)
      return ((old as number | undefined) ?? 0) * (argument as number) + 0
    case '$min':
      return old === undefined || order(argument, old) < 0 ? argument : old
    case '$max':
      return old === undefined || order(argument, old) > 0 ? argument : old
    case '$push':
      return pushed(old, argument)
    case '$addToSet':
      return addedToSet(old, argument)
    default:
      throw new Error(`the model has no ${operator}`)
  }
}

function taken(operator: string, old: unknown, argument: unknown): unknown {
  const items = list(old)
  if (operator === '$pull') return items.filter(item => !pulls(item, argument))
  if (operator === '$pullAll')
    return items.filter(item => !(argument as unknown[]).some(gone => order(item, gone) === 0))
  return argument === 1 ? items.slice(0, -1) : items.slice(1)
}

/** A document in `$pull` is a filter of items that are documents; anything else stands as beside a field. */
function pulls(item: unknown, condition: unknown): boolean {
  const fields = isHolder(condition) && !Array.isArray(condition) ? Object.entries(condition) : []
  if (!fields.length || fields[0]?.[0].startsWith('$')) return valueMeets(item, condition)
  if (!isHolder(item) || Array.isArray(item)) return false
  return fields.every(([name, wanted]) => valueMeets(item[name], wanted))
}

function apply(doc: Document, operator: string, path: string, argument: unknown): void {
  const steps = path.split('.')
  const makes = !['$unset', '$pull', '$pullAll', '$pop'].includes(operator)
  const holder = holderOf(doc, steps, makes)
  if (!holder) return
  const { at, name } = holder
  if (operator === '$unset') {
    if (Array.isArray(at)) {
      if (Number(name) < at.length) at[Number(name)] = null
    } else delete at[name]
  } else if (makes) {
    const value = made(operator, at[name], argument)
    fillUp(at, name)
    at[name] = value
  } else if (at[name] !== undefined) at[name] = taken(operator, at[name], argument)
}

function rename(doc: Document, from: string, to: string): void {
  const source = holderOf(doc, from.split('.'), false)
  if (!source || source.at[source.name] === undefined) return
  const value: unknown = source.at[source.name]
  delete source.at[source.name]
  apply(doc, '$set', to, value)
}

/** `$[]` and `$[i]` stand for the places of all items and of those that satisfy the array filter. */
function placesOf(doc: Document, path: string, itemFilter: unknown): string[] {
  const [head, tail = ''] = path.split(/\.\$\[i?\]/)
  if (head === undefined || head === path) return [path]
  const holder = holderOf(doc, head.split('.'), false)
  const items: unknown = holder?.at[holder.name]
  if (!Array.isArray(items)) return refuse('no array')
  return items.flatMap((item: unknown, place) =>
    path.includes('$[]') || valueMeets(item, itemFilter) ? [`${head}.${place}${tail}`] : [],
  )
}

function refuseConflicts(update: Document): void {
  const paths = Object.entries(update).flatMap(([operator, fields]) =>
    Object.entries(fields as Document).flatMap(([path, to]) =>
      operator === '$rename' ? [path, to as string] : path,
    ),
  )
  for (const [i, path] of paths.entries())
    for (const other of paths.slice(i + 1))
      if (`${path}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${path}.`)) refuse('a conflict')
}

const step = (name: string) => (/^\d+$/.test(name) ? name.padStart(6, '0') : name)

/** The manual: fields are worked on in the order of their names, places as numbers. */
function beforeIn(a: string, b: string): number {
  const [one, other] = [a, b].map(path => path.split('.').map(step).join('\u0000'))
  return one === other ? 0 : (one as string) < (other as string) ? -1 : 1
}

/** The document after an update; throws Refused where MongoDB answers an error. */
export function updated(given: Document, update: Document, itemFilter: unknown): Document {
  refuseConflicts(update)
  const doc = copyOf(given)
  const work = Object.entries(update).flatMap(([operator, fields]) =>
    Object.entries(fields as Document).flatMap(([path, argument]): [string, () => void][] =>
      operator === '$rename'
        ? [[argument as string, () => rename(doc, path, argument as string)]]
        : placesOf(doc, path, itemFilter).map(place => [
            place,
            () => apply(doc, operator, place, copyOf(argument)),
          ]),
    ),
  )
  for (const [, change] of work.toSorted(([a], [b]) => beforeIn(a, b))) change()
  return doc
}
