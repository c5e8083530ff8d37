import { tidy } from './fold.ts'
import type { RawAnswer } from './raw.ts'
import { countGaps } from './stem.ts'

/** Blanks beyond these are too much to type on a phone every day; they stay out of daily papers. */
export const MAX_DAILY_LETTERS = 20
export const MAX_DAILY_GAPS = 4

/** The texts of a blank question and whether they belong to its gaps in order. */
export function readBlank(
  stem: string,
  answers: RawAnswer[],
  listed: boolean,
): { key: string[]; ordered: boolean } {
  const gaps = countGaps(stem)
  const texts = listed ? answers.map(String) : answers.flatMap(answer => pieces(String(answer), gaps))
  const key = withoutCount(
    texts.map(text =>
      tidy(text)
        .replace(/[。；;]+$/, '')
        .trim(),
    ),
  ).filter(text => text !== '')
  return { key, ordered: key.length === gaps }
}

/** Strong separators always part answers; commas, 、 and spaces only where that gives one piece for each gap. */
function pieces(text: string, gaps: number): string[] {
  const strong = text
    .trim()
    .split(/[；;\n|]+|#{2,}|\${2,}|&{2,}|(?<=\S)\s{2,}(?=\S)/)
    .filter(piece => piece.trim() !== '')
  if (strong.length > 1 || gaps < 2) return strong
  const counted = text.trim().split(/(?=[①-⑫])/)
  if (counted.length === gaps && counted.every(piece => /^[①-⑫]/.test(piece))) return counted
  for (const separator of [/[、]/, /[,，]/, /\s+/, /\//, /[、,，\s]+/]) {
    const weak = text
      .trim()
      .split(separator)
      .filter(piece => piece.trim() !== '')
    if (weak.length === gaps) return weak
  }
  return strong
}

/** "(1)甲 (2)乙": numbers that count the answers are no part of them. */
function withoutCount(texts: string[]): string[] {
  const marks = texts.map(text => /^(?:[（(](\d)[）)]|([①-⑨])|(\d)[、.．)）](?!\d))\s*/.exec(text))
  const counted = marks.every((mark, index) => {
    const digit =
      mark?.[1] ?? mark?.[3] ?? (mark?.[2] === undefined ? '' : String(mark[2].charCodeAt(0) - 0x245f))
    return digit === String(index + 1)
  })
  return counted && texts.length > 1
    ? texts.map((text, index) => text.slice(marks[index]?.[0].length ?? 0))
    : texts
}

/** Whether a question may stand in a daily paper. */
export const isDaily = (type: string, key: string[]): boolean =>
  type !== 'blank' || (key.length <= MAX_DAILY_GAPS && key.every(text => text.length <= MAX_DAILY_LETTERS))
