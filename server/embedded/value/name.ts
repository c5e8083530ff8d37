const size = 4096
const known: (string | undefined)[] = Array.from({ length: size })
const longest = 64

/** Where the zero is that ends a name. */
export function nameEnd(bytes: Buffer, from: number, limit: number): number {
  let at = from
  while (bytes[at] !== 0) if (++at >= limit) throw new RangeError('a name without an end')
  return at
}

/** The name that stands there. Names come again and again, so the last ones are remembered by their bytes. */
export function nameAt(bytes: Buffer, from: number, end: number): string {
  if (end - from > longest) return bytes.toString('utf8', from, end)
  let hash = end - from
  for (let at = from; at < end; at++) hash = (hash * 31 + (bytes[at] as number)) | 0
  const place = (hash ^ (hash >>> 12)) & (size - 1)
  const name = known[place]
  if (name !== undefined && isAt(name, bytes, from, end)) return name
  return (known[place] = bytes.toString('utf8', from, end))
}

/** Whether the bytes are exactly this name; names beyond ASCII are always read anew. */
function isAt(name: string, bytes: Buffer, from: number, end: number): boolean {
  if (name.length !== end - from) return false
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== bytes[from + i]) return false
  return true
}
