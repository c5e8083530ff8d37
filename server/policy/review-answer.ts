const CITED = /\[(\d{1,3})\]/g

/** Every number in square brackets is that of one of so many clauses, counted from 1. */
export const citesOnly = (lines: readonly string[], clauses: number): boolean =>
  lines.every(line =>
    [...line.matchAll(CITED)].every(([, number]) => Number(number) >= 1 && Number(number) <= clauses),
  )
