import { fieldOf, isDocument, type Doc } from '../value/document.ts'
import type { Collation } from '../value/collation.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { compare } from '../value/order.ts'
import { indexed } from '../value/path.ts'

/** One field of a sort: where it is, and 1 upward or -1 downward. */
export interface SortField {
  path: string
  steps: string[]
  direction: 1 | -1
}

/** The fields of a sort specification, in their order of weight. */
export function sortFields(sort: Doc | undefined): SortField[] {
  return Object.entries(sort ?? {}).map(([path, given]) => {
    if (isDocument(given)) throw notSupported(`sorting by ${Object.keys(given)[0] ?? 'an expression'}`)
    if (path.startsWith('$') && (path !== '$natural' || Object.keys(sort ?? {}).length > 1))
      throw notSupported(`sorting by ${path}`)
    const direction = toNumber(given)
    if (direction !== 1 && direction !== -1)
      throw new MongoError('BadValue', `$sort key ordering must be 1 (for ascending) or -1 (for descending)`)
    return { path, steps: path.split('.'), direction }
  })
}

/** The items in the order of the documents that they hold; equal ones stay in the order given. */
export function sortBy<T>(
  items: T[],
  fields: SortField[],
  docOf: (item: T) => Doc,
  collation?: Collation,
): T[] {
  if (!fields.length) return items
  if (fields[0]?.path === '$natural') throw notSupported('$natural but in the sort of a find')
  const rows = items.map(item => {
    const doc = docOf(item)
    return { item, keys: fields.map(field => sortKey(doc, field, collation)) }
  })
  rows.sort((a, b) => compareKeys(a.keys, b.keys, fields, collation))
  return rows.map(row => row.item)
}

/** The order of documents by the fields of a sort. */
export const ordering = (fields: SortField[], collation?: Collation) => (a: Doc, b: Doc) => {
  const keysOf = (doc: Doc) => fields.map(field => sortKey(doc, field, collation))
  return compareKeys(keysOf(a), keysOf(b), fields, collation)
}

function compareKeys(a: unknown[], b: unknown[], fields: SortField[], collation?: Collation): number {
  for (const [place, field] of fields.entries()) {
    const order = compare(a[place], b[place], collation)
    if (order) return order * field.direction
  }
  return 0
}

/** Arrays sort by their least item upward, by their greatest downward. */
function sortKey(doc: Doc, { steps, direction }: SortField, collation?: Collation): unknown {
  if (steps.length === 1) {
    const value = fieldOf(doc, steps[0] as string)
    if (!Array.isArray(value)) return value
  }
  const [first, ...others] = indexed(doc, steps).values
  return others.reduce(
    (best, value) => (compare(value, best, collation) * direction < 0 ? value : best),
    first,
  )
}
