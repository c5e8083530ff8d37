const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** An item (项) or something below it begins so; every other line is a paragraph (款). */
const ITEM = /^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}\s?[.．、]|[①-⑳])/
const CELL = ' | '

/** A line of an article: a paragraph bears its name where there are several. */
export interface ArticleParagraph {
  text: string
  /** 第一款; '' for an item and for the only paragraph. */
  name: string
  item: boolean
}

/** 一 … 九十九 */
function numeral(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10]
  if (tens === 0) return DIGITS[ones] ?? ''
  return `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十${DIGITS[ones] ?? ''}`
}

/** The lines of an article with the names of its paragraphs. */
export function paragraphsOf(text: string): ArticleParagraph[] {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const several = lines.filter(line => !ITEM.test(line)).length > 1
  let count = 0
  return lines.map(line => {
    const item = ITEM.test(line)
    if (!item) count += 1
    return { text: line, item, name: several && !item ? `第${numeral(count)}款` : '' }
  })
}

/** A row of a table: what each cell is called, and what it says. */
export type TableRow = { name: string; text: string }[]

/** The rows of a part of a table by the names of its columns; null for a text that is none. */
export function rowsOf(text: string, columns: string): TableRow[] | null {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const [first = '', ...rest] = columns === '' ? lines : [columns, ...lines]
  if (rest.length === 0 || !first.includes(CELL) || !rest.some(line => line.includes(CELL))) return null
  const names = first.split(CELL)
  return rest.map(line => line.split(CELL).map((cell, at) => ({ name: names[at] ?? '', text: cell })))
}

/** The headings that begin at an article: those of its path that the article before did not stand under. */
export const headingsAt = (path: readonly string[], before: readonly string[] | undefined): string[] => {
  const from = path.findIndex((heading, at) => before?.[at] !== heading)
  return from === -1 ? [] : path.slice(from)
}
