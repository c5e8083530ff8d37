import type { Double, Long } from 'bson'
import { isDocument, type Doc } from '../value/document.ts'
import { toRegExp } from '../query/regex.ts'

/**
 * The value as mingo understands it: numbers are JavaScript's wherever these hold them exactly. What needs no change
 * is answered itself.
 */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  switch ((value as Doc)._bsontype) {
    case 'Double':
    case 'Int32':
      return (value as Double).value
    case 'Long': {
      const number = (value as Long).toNumber()
      return Number.isSafeInteger(number) ? number : value
    }
    case 'BSONRegExp':
      return toRegExp(value)
  }
  if (Array.isArray(value)) {
    const items = value.map(plain)
    return items.some((item, place) => item !== value[place]) ? items : value
  }
  return isDocument(value) ? plainDocument(value) : value
}

/** The same of a document. */
export function plainDocument(doc: Doc): Doc {
  let copy: Doc | undefined
  for (const name in doc) {
    const held = plain(doc[name])
    if (held !== doc[name]) (copy ??= { ...doc })[name] = held
  }
  return copy ?? doc
}
