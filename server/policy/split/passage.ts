import type { Block } from './block.ts'
import { itemMark } from './mark.ts'
import type { CitedPiece } from './piece.ts'

/** A passage grows to about this many letters before the next paragraph begins another one. */
const FULL = 500
/** Only a single paragraph may be longer than a passage should be; beyond this it is cut between sentences. */
const LONGEST = 1_500

/** The paragraphs and tables under one heading as passages: a numbered item begins a new one, others fill up. */
export function passagesOf(blocks: Block[], path: string[]): CitedPiece[] {
  const passages: CitedPiece[] = []
  let label = ''
  let texts: string[] = []
  const end = () => {
    if (texts.length > 0) passages.push({ kind: 'passage', label, path, text: texts.join('\n') })
    label = ''
    texts = []
  }
  for (const block of blocks) {
    if (block.rows) {
      end()
      passages.push(...tablePassages(block.rows, path))
      continue
    }
    const mark = itemMark(block.text)
    const size = texts.reduce((sum, text) => sum + text.length, 0)
    if (mark?.rank === 6 || size + block.text.length > FULL || (mark && size > FULL / 3)) end()
    if (texts.length === 0 && mark) label = mark.label
    for (const [index, text] of cutLong(block.text).entries()) {
      if (index > 0) end()
      texts.push(text)
    }
  }
  end()
  return passages
}

/** Rows of a table; of a long one every further part keeps the first row as its head. */
function tablePassages(rows: string[], path: string[]): CitedPiece[] {
  const parts: string[][] = [[]]
  let size = 0
  for (const row of rows) {
    if (size > 0 && size + row.length > FULL) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(row)
    size += row.length
  }
  return parts.map((part, index) => ({
    kind: 'passage',
    label: '',
    path,
    text: part.join('\n'),
    ...(index > 0 && rows[0] !== undefined && { columns: rows[0] }),
  }))
}

function cutLong(text: string): string[] {
  if (text.length <= LONGEST) return [text]
  const parts: string[] = []
  let part = ''
  for (const sentence of text.match(/[^。；]+[。；]?|[。；]/g) ?? [text]) {
    for (let at = 0; at < sentence.length; at += LONGEST) {
      const piece = sentence.slice(at, at + LONGEST)
      if (part !== '' && part.length + piece.length > LONGEST) {
        parts.push(part)
        part = ''
      }
      part += piece
    }
  }
  return part === '' ? parts : [...parts, part]
}
