import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { emptyArray, indexed } from '../value/path.ts'
import type { Collection } from './collection.ts'
import type { Index } from './index.ts'

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
