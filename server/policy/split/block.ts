import type { Part, Row } from '#server/reading/part'

/** A paragraph or a table of a document, in its order. */
export interface Block {
  /** Trimmed, single spaces; a table's rows are lines, its cells parted by ` | `. */
  text: string
  /** 1 to 6 where the format marks it as a heading. */
  heading?: number
  /** Stands in a part of the file that only tells the document's history. */
  front?: true
  /** The rows of a table. */
  rows?: string[]
}

/** The paragraphs and tables of a document that was read; empty ones are left out. */
export function blocksOf(parts: Part[]): Block[] {
  return parts.flatMap((part): Block[] => {
    const front = part.name === 'front' ? { front: true as const } : {}
    if (part.kind === 'tree') return []
    if (part.kind === 'table') {
      const rows = part.rows.map(rowText).filter(row => row !== '')
      return rows.length === 0 ? [] : [{ text: rows.join('\n'), rows, ...front }]
    }
    return part.lines.flatMap(({ text, heading }) => {
      const clean = cleanText(text)
      if (clean === '') return []
      return [{ text: clean, ...(heading !== undefined && { heading }), ...front }]
    })
  })
}

function rowText({ cells }: Row): string {
  const texts = cells.map(cell => cleanText(cell.replace(/\n/g, ' ')))
  return texts.every(text => text === '') ? '' : texts.join(' | ')
}

/** Radicals that look like letters, which PDFs of some programs hold; Unicode itself maps only the older ones. */
const RADICALS = new Map(
  Object.entries({
    ...{ '⺠': '民', '⺟': '母', '⻄': '西', '⻅': '见', '⻆': '角', '⻉': '贝', '⻋': '车', '⻓': '长' },
    ...{ '⻔': '门', '⻘': '青', '⻚': '页', '⻛': '风', '⻜': '飞', '⻝': '食', '⻢': '马', '⻣': '骨' },
    ...{ '⻤': '鬼', '⻥': '鱼', '⻦': '鸟', '⻨': '麦', '⻩': '黄', '⻬': '齐', '⻮': '齿', '⻰': '龙' },
    ...{ '⻳': '龟', '⻙': '韦' },
  }),
)
const letterOf = (radical: string): string => RADICALS.get(radical) ?? radical.normalize('NFKC')

/** What no reader sees is dropped, every kind and run of white space is one space. */
export const cleanText = (text: string): string =>
  text
    .replace(/[\u2e80-\u2fd5]/g, letterOf)
    .replace(/[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffc\0-\x08\x0e-\x1f\ue000-\uf8ff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
