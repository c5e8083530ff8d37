import type { Block } from './block.ts'
import { articleMark } from './mark.ts'
import { writeNumeral } from './numeral.ts'

/**
 * Cuts lines in which a further article begins behind a full stop: only where that very article begins no line of its
 * own, and its mark is set off by white space.
 */
export function articlesInLine(blocks: Block[]): Block[] {
  const marks = blocks.map(({ text }) => articleMark(text))
  const begun = new Set(marks.flatMap(mark => (mark && mark.sub === 0 ? [mark.number] : [])))
  if (begun.size === 0) return blocks
  let last = 0
  return blocks.flatMap((block, index): Block[] => {
    const mark = marks[index]
    if (mark && mark.number >= last) last = mark.number
    const parts: Block[] = []
    let text = block.text
    while (last > 0 && block.rows === undefined && !begun.has(last + 1)) {
      const at = nextArticle(text, last + 1)
      if (at < 0) break
      parts.push({ text: text.slice(0, at).trim() })
      text = text.slice(at)
      last++
    }
    return [...parts, parts.length === 0 ? block : { text }]
  })
}

function nextArticle(text: string, number: number): number {
  const found = new RegExp(`[。；”）]\\s?(第${writeNumeral(number)}条\\s)`).exec(text)
  return found === null ? -1 : found.index + found[0].length - (found[1]?.length ?? 0)
}
