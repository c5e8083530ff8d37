import { UnreadableError } from './part.ts'

/** Text of a file in UTF-8, UTF-16 (with a mark, or plainly two bytes a letter) or GB18030. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = markedEncoding(bytes) ?? unmarkedUtf16(bytes)
  for (const name of encoding === null ? ['utf-8', 'gb18030'] : [encoding]) {
    try {
      return new TextDecoder(name, { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
    } catch {
      // The next encoding may fit.
    }
  }
  throw new UnreadableError('broken', 'the text is neither UTF-8, UTF-16 nor GB18030')
}

function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

/** No text in UTF-8 or GB18030 holds zero bytes; digits and line ends in UTF-16 always do. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const zeros = [0, 0]
  const length = Math.min(bytes.length, 4096)
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > even) return 'utf-16le'
  return even > odd ? 'utf-16be' : null
}
