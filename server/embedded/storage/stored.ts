import { ObjectId } from 'bson'
import { isTooDeep, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { pack, type Packed } from '../value/packed.ts'

const maxDocumentBytes = 16 * 1024 * 1024

/** The document with an `_id` in the first place; it gets one if it has none. */
export function withId(doc: Doc): Doc {
  if (doc._id === undefined) return { _id: new ObjectId(), ...doc }
  if (Array.isArray(doc._id)) throw new MongoError('BadValue', `The '_id' value cannot be of type array`)
  if (Object.keys(doc)[0] === '_id') return doc
  const { _id, ...rest } = doc
  return { _id, ...rest }
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
