import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import type { Packed } from '../value/packed.ts'
import { emptyArray, indexed } from '../value/path.ts'
import type { Collection } from './collection.ts'
import type { Index } from './index.ts'
import type { Slot } from './slot.ts'
import { Busy, writeConflict, type Transaction } from './transaction.ts'

/** MongoDB's error for a broken unique index; drivers and mongoose read its keyPattern and keyValue. */
export function duplicateKey(collection: Collection, index: Index, doc: Doc): MongoError {
  const keyValue = Object.fromEntries(
    index.fields.map(({ path, steps }) => {
      const [value] = indexed(doc, steps).values
      return [path, value === emptyArray ? null : (value ?? null)]
    }),
  )
  const message = `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: ${written(keyValue)}`
  return new MongoError('DuplicateKey', message, { keyPattern: index.spec.key, keyValue })
}

/** A key that a document is to have in a unique index, and another document that stands there. */
interface Meeting {
  index: Index
  key: string
  other: Slot
  doc: Doc
  transaction: Transaction | undefined
}

/** Refuses the key if the other document has it, may get it, or had it in the writer's snapshot. */
export function refuseHolder(collection: Collection, { index, key, other, doc, transaction }: Meeting): void {
  const has = (held: Packed | undefined) => held !== undefined && index.keysOf(held).includes(key)
  if (other.writer && other.writer !== transaction) {
    if (has(other.pending) || has(other.doc)) throw new Busy(other.writer)
    return
  }
  const current = other.writer ? other.pending : other.doc
  if (transaction && other.commit > transaction.snapshot) {
    if (has(current) || has(other.asOf(transaction.snapshot))) throw writeConflict()
  } else if (has(current)) throw duplicateKey(collection, index, doc)
}

function written(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Date) return `new Date(${Number(value)})`
  if (Array.isArray(value)) return `[ ${value.map(written).join(', ')} ]`
  if ((value as Doc | null)?._bsontype === 'ObjectId') return `ObjectId('${String(value)}')`
  if (!isDocument(value)) return String(value)
  return `{ ${Object.entries(value)
    .map(([name, held]) => `${name}: ${written(held)}`)
    .join(', ')} }`
}
