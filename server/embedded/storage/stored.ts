import { ObjectId } from 'bson'
import { isDocument, isRegex, isTooDeep, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { pack, type Packed } from '../value/packed.ts'

const maxDocumentBytes = 16 * 1024 * 1024

/** The document with an `_id` in the first place; it gets one if it has none. */
export function withId(doc: Doc): Doc {
  if (doc._id === undefined) return { _id: new ObjectId(), ...doc }
  refuseId(doc._id)
  if (Object.keys(doc)[0] === '_id') return doc
  const { _id, ...rest } = doc
  return { _id, ...rest }
}

/** The names that a reference to another document has. */
const referring = ['$ref', '$id', '$db']

function refuseId(_id: unknown): void {
  const type = Array.isArray(_id) ? 'array' : isRegex(_id) ? 'regex' : undefined
  if (type) throw new MongoError('InvalidIdField', `The '_id' value cannot be of type ${type}`)
  const name = isDocument(_id) ? operatorWithin(_id) : undefined
  if (name !== undefined)
    throw new MongoError('DollarPrefixedFieldName', `_id fields may not contain '$'-prefixed fields: ${name}`)
}

function operatorWithin(value: Doc): string | undefined {
  for (const [name, held] of Object.entries(value)) {
    if (name.startsWith('$') && !referring.includes(name)) return name
    const below = isDocument(held) || Array.isArray(held) ? operatorWithin(held) : undefined
    if (below !== undefined) return below
  }
  return undefined
}

/** The document at rest; throws when it is larger or deeper than MongoDB stores. */
export function packedToStore(doc: Doc): Packed {
  const packed = pack(doc)
  if (packed.length > maxDocumentBytes)
    throw new MongoError(
      'BSONObjectTooLarge',
      `BSONObj size: ${packed.length} is invalid, it must be at most ${maxDocumentBytes}`,
    )
  if (isTooDeep(doc, packed.length))
    throw new MongoError('Overflow', 'a document is nested too deep to be stored')
  return packed
}
