import { fieldOf, isDocument, type Doc } from '../value/document.ts'

/** The document with a value at a path, in every item of the arrays on the way; undefined takes the field away. */
export function setPath(doc: Doc, steps: readonly string[], value: unknown): Doc {
  return setBelow(doc, steps, value, 0) as Doc
}

function setBelow(old: unknown, steps: readonly string[], value: unknown, from: number): unknown {
  if (from === steps.length) return value
  if (Array.isArray(old)) return old.map(item => setBelow(item, steps, value, from))
  const step = steps[from] as string
  const doc = isDocument(old) ? old : {}
  const next = setBelow(fieldOf(doc, step), steps, value, from + 1)
  if (next !== undefined) return { ...doc, [step]: next }
  const { [step]: _gone, ...rest } = doc
  return rest
}
