import { encode } from './encode.ts'

/** Any BSON document: what a field holds is known only when it is looked at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Doc = Record<string, any>

/** Whether the value is an embedded document, not an array, a date or one of BSON's own types. */
export function isDocument(value: unknown): value is Doc {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  if ((value as Doc)._bsontype !== undefined) return false
  return !(value instanceof Date || value instanceof RegExp || value instanceof Uint8Array)
}

/** What a document holds under a name; never what all JavaScript objects inherit. */
export function fieldOf(doc: Doc, name: string): unknown {
  const value: unknown = doc[name]
  return value === undefined || Object.hasOwn(doc, name) ? value : undefined
}

/** Puts a field into a new document, whatever its name. */
export function putField(doc: Doc, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(doc, name, { value, enumerable: true, configurable: true, writable: true })
  else doc[name] = value
}

/** Whether the value is a document of operators: its first field starts with a dollar sign. */
export function isOperators(value: unknown): value is Doc {
  if (!isDocument(value)) return false
  for (const name in value) return name.startsWith('$')
  return false
}

/** The regular expression a value stands for, if it is one. */
export function isRegex(value: unknown): value is RegExp | { pattern: string; options: string } {
  return value instanceof RegExp || (value as Doc | null)?._bsontype === 'BSONRegExp'
}

/** What is stored may come in a command and go into the log, some levels deeper than it is. */
const maxStoredDepth = 150
/** A level is a length, a type, a name's end and the document's end at least. */
const leastBytesOfLevel = 7

/** Whether a document of so many bytes is nested too deep to be stored and read again. */
export const isTooDeep = (doc: Doc, bytes: number) =>
  bytes > maxStoredDepth * leastBytesOfLevel && isDeeper(doc, maxStoredDepth)

function isDeeper(value: unknown, levels: number): boolean {
  if (!Array.isArray(value) && !isDocument(value)) return false
  return levels === 0 || Object.values(value).some(held => isDeeper(held, levels - 1))
}

/** Whether two values are the same down to their types and bytes, so that one written over the other changes nothing. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return Buffer.compare(encode({ a }), encode({ a: b })) === 0
}
