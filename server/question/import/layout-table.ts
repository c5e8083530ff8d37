import type { Line, Part } from '#server/reading/part'
import { foldWidth } from './fold.ts'
import { tableLines } from './table.ts'

/** Word authors lay out a question's options in a small table: it becomes lines of the text around it. */
export function withLayoutTablesFlat(parts: Part[]): Part[] {
  const flat: Part[] = []
  let open: Line[] | null = null
  parts.forEach((part, index) => {
    const laidOut = part.kind === 'table' && isLayout(part) && parts[index - 1]?.kind === 'text'
    const goesOn = part.kind === 'text' && open !== null
    const lines = laidOut ? tableLines(part.rows) : part.kind === 'text' ? part.lines : null
    const last = flat.at(-1)
    if ((laidOut || goesOn) && lines !== null && last?.kind === 'text') {
      open = [...last.lines, ...lines]
      flat[flat.length - 1] = { ...last, lines: open }
      return
    }
    open = null
    flat.push(part)
  })
  return flat
}

/** Every filled cell opens with the next letter. */
function isLayout({ rows }: Extract<Part, { kind: 'table' }>): boolean {
  const cells = rows.flatMap(row => row.cells).filter(cell => cell.trim() !== '')
  const letters = cells.map(cell => /^\s*\(?([A-L])\s*[、.:)]/.exec(foldWidth(cell))?.[1])
  return cells.length > 1 && letters.every((letter, index) => letter === 'ABCDEFGHIJKL'[index])
}
