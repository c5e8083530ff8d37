import WordExtractor from 'word-extractor'
import { UnreadableError, type Line, type Part } from './part.ts'

/** Paragraphs and tables of a .doc. */
export const readLegacyWord = async (bytes: Uint8Array): Promise<Part[]> =>
  (await readLegacyDocument(bytes)).parts

/** The same, with what stands above and below its pages. */
export async function readLegacyDocument(bytes: Uint8Array): Promise<{ parts: Part[]; margins: string[] }> {
  try {
    const document = await new WordExtractor().extract(Buffer.from(bytes))
    const body = document.getBody({ filterUnicode: false })
    const lines = body.split(/\r\n|[\n\r\f\v]/).map((text, index) => ({ at: index + 1, text }))
    const margins = document.getHeaders({ filterUnicode: false, includeFooters: true })
    return { parts: partsOf(lines), margins: margins === '' ? [] : [margins] }
  } catch (cause) {
    throw new UnreadableError('broken', String(cause))
  }
}

/** The extractor ends every cell with a tab; two or more such lines of the same width on end are a table. */
function partsOf(lines: Line[]): Part[] {
  const parts: Part[] = []
  for (let from = 0; from < lines.length;) {
    const width = widthOf(lines[from])
    let to = from + 1
    while (to < lines.length && widthOf(lines[to]) === width) to++
    const run = lines.slice(from, to)
    const last = parts.at(-1)
    if (width > 1 && run.length > 1) {
      const rows = run.map(({ at, text }) => ({ at, cells: text.split('\t').slice(0, -1).map(trim) }))
      parts.push({ kind: 'table', name: '', rows, spans: [] })
    } else if (last?.kind === 'text') last.lines.push(...run)
    else parts.push({ kind: 'text', name: '', lines: run })
    from = to
  }
  return parts.filter(part => part.kind !== 'text' || part.lines.some(line => line.text.trim() !== ''))
}

const trim = (cell: string): string => cell.trim()

/** How many cells a line has, 0 when it does not end with a tab. */
function widthOf(line: Line | undefined): number {
  return line !== undefined && /\t\s*$/.test(line.text) ? line.text.split('\t').length - 1 : 0
}
