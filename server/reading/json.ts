import type { Part } from './part.ts'

/** Whether a text opens like JSON. */
export const isJson = (text: string): boolean => /^\uFEFF?\s*(\[\s*[[{"\]]|\{\s*["}])/.test(text)

/** A JSON document, or one JSON value a line; null when the text is neither. */
export function readJson(text: string): Part[] | null {
  const value = tryParse(text)
  if (value !== undefined) return [{ kind: 'tree', name: '', value }]
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const values = lines.map(line => tryParse(line.trim().replace(/,$/, '')))
  if (lines.length < 2 || values[0] === undefined) return null
  // A damaged line stays as its text, so that it is reported where it stands.
  return [
    { kind: 'tree', name: '', value: values.map((each, at) => (each === undefined ? lines[at] : each)) },
  ]
}

/** MongoDB's exports wrap what JSON cannot say: {"$numberInt": "2"}, {"$oid": "…"}. */
function plainValue(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const [entry, ...more] = Object.entries(value)
  if (entry === undefined || more.length > 0) return value
  const [name, inner] = entry
  if (/^\$number(?:Int|Long|Double|Decimal)$/.test(name)) return Number(inner)
  return name === '$oid' || name === '$date' ? inner : value
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(
      text.replace(/^\uFEFF/, ''),
      /"\$(?:number|oid|date)/.test(text) ? plainValue : undefined,
    )
  } catch {
    return undefined
  }
}
