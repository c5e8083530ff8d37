import { readNumeral } from './split/numeral.ts'
import { itemMark } from './split/mark.ts'

/** A paragraph (款) of an article with its items (项). */
export interface Paragraph {
  text: string
  items: { number: number; text: string }[]
}

/** The paragraphs of an article: each line that is no numbered item begins one. Further lines of an item stay with it. */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (const line of text.split('\n')) {
    const mark = itemMark(line)
    const last = paragraphs.at(-1)
    if (mark?.rank === 7 && last) {
      last.items.push({ number: readNumeral(mark.label.replace(/[（()）]/g, '')), text: line })
    } else if (last && isSubItem(line) && last.items.length > 0) {
      const item = last.items.at(-1)
      if (item) item.text += `\n${line}`
    } else paragraphs.push({ text: line, items: [] })
  }
  return paragraphs
}

/** 目: 1. or 1、 under an item. */
const isSubItem = (line: string): boolean => /^(?:\d{1,2}\s?[.．、]|[（(]\d{1,2}[）)]|[①-⑳])/.test(line)

/**
 * The words of a paragraph, or of an item of it, counted from 1; 0 for the whole. An item without a paragraph is looked
 * for in all of them, as people cite 第三条第（二）项. Null where the article has no such part.
 */
export function wordsAt(text: string, paragraph: number, item: number): string | null {
  if (paragraph === 0 && item === 0) return text
  const paragraphs = paragraphsOf(text)
  const among = paragraph === 0 ? paragraphs : paragraphs.slice(paragraph - 1, paragraph)
  if (item === 0) {
    const [found] = among
    return found === undefined ? null : [found.text, ...found.items.map(each => each.text)].join('\n')
  }
  return among.flatMap(each => each.items).find(({ number }) => number === item)?.text ?? null
}
