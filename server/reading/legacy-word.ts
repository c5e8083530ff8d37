import WordExtractor from 'word-extractor'
import { UnreadableError, type Part } from './part.ts'

/** Paragraphs of a .doc; its table cells come as lines of their own. */
export async function readLegacyWord(bytes: Uint8Array): Promise<Part[]> {
  try {
    const document = await new WordExtractor().extract(Buffer.from(bytes))
    const lines = document.getBody().split(/\r\n|[\n\r\f\v]/)
    return [{ kind: 'text', name: '', lines: lines.map((text, index) => ({ at: index + 1, text })) }]
  } catch (cause) {
    throw new UnreadableError('broken', String(cause))
  }
}
