/** The lines once a chosen clause is taken away: its number goes, and those behind it move up. */
export const withoutClause = (lines: readonly string[], removed: number): string[] =>
  lines.map(line =>
    line.replace(/\[(\d+)\]/g, (mark, digits: string) => {
      const number = Number(digits)
      if (number === removed) return ''
      return number > removed ? `[${number - 1}]` : mark
    }),
  )

/** The numbers that lines cite although no clause bears them. */
export function strayNumbers(lines: readonly string[], clauses: number): number[] {
  const cited = lines.flatMap(line => [...line.matchAll(/\[(\d+)\]/g)].map(match => Number(match[1])))
  return [...new Set(cited.filter(number => number < 1 || number > clauses))]
}
