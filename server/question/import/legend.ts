import type { Part } from '#server/reading/part'
import { foldWidth } from './fold.ts'
import { markedNumber } from './stem.ts'
import { LEGEND, LEGEND_RIGHT } from './vocabulary.ts'

/** Only a remark is as short; a longer text may say such a thing about something else. */
const MAX_REMARK = 80

/**
 * The letter by which a file says it means 正确 ("A为正确，B为错误", "正确选A，错误选B"), in a line of its own, a
 * heading or a column's name. Null when it says nothing, or different things.
 */
export function legendIn(parts: Part[]): string | null {
  const found = new Set<string>()
  for (const part of parts) for (const remark of remarksOf(part)) add(found, remark)
  return found.size === 1 ? ([...found][0] ?? null) : null
}

function remarksOf(part: Part): string[] {
  if (part.kind === 'text') return part.lines.map(({ text }) => text)
  if (part.kind === 'tree') return []
  const titles = part.rows.filter(({ cells }) => cells.filter(cell => cell !== '').length === 1)
  return [part.name, ...titles, ...part.rows.slice(0, 10)].flatMap(each =>
    typeof each === 'string' ? [each] : each.cells,
  )
}

function add(found: Set<string>, remark: string): void {
  if (remark.length < 4 || remark.length > MAX_REMARK) return
  // A numbered line may be a statement to judge, unless it speaks of the answering.
  if (markedNumber(remark) !== null && !/判断|答案|作答|填涂|说明/.test(remark)) return
  const folded = foldWidth(remark)
  for (const pattern of LEGEND) {
    const match = pattern.exec(folded)?.groups
    if (match === undefined) continue
    const { letter = '', word = '', other = '', opposite = '' } = match
    const [first, second] = [word, opposite].map(each => LEGEND_RIGHT.test(each))
    if (first === second || letter.toUpperCase() === other.toUpperCase()) continue
    found.add((first ? letter : other).toUpperCase())
  }
}
