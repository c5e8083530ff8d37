import { useState } from 'react'
import type { Clause } from '#shared/policy'
import type { ReviewItem } from '#shared/review'
import { strayNumbers, withoutClause } from './numbering.ts'

const MOST_LINES = 12
const MOST_CLAUSES = 10

/** An answer being written by a person: paragraphs, and the clauses they rest on in the order of their numbers. */
export interface AnswerDraft {
  lines: string[]
  clauses: Clause[]
  canAddLine: boolean
  /** Numbers in the text that no clause bears. */
  stray: number[]
  /** It can be saved. */
  ready: boolean
  write(at: number, text: string): void
  addLine(): void
  removeLine(at: number): void
  choose(clause: Clause): void
  drop(number: number): void
  /** What is sent. */
  body(): { lines: string[]; clauses: string[] }
}

/** Begins with what was written before, or with the clauses that were suggested. */
export function useAnswerDraft({ answer }: Pick<ReviewItem, 'answer'>): AnswerDraft {
  const [lines, setLines] = useState<string[]>(() => answer?.lines ?? [''])
  const [clauses, setClauses] = useState<Clause[]>(() => answer?.clauses ?? [])
  const written = lines.map(line => line.trim()).filter(line => line !== '')
  const stray = strayNumbers(written, clauses.length)

  return {
    lines,
    clauses,
    canAddLine: lines.length < MOST_LINES,
    stray,
    ready: written.length > 0 && clauses.length > 0 && stray.length === 0,
    write: (at, text) => setLines(lines.map((line, index) => (index === at ? text : line))),
    addLine: () => setLines([...lines, '']),
    removeLine: at => setLines(lines.filter((_, index) => index !== at)),
    choose(clause) {
      const known = clauses.some(({ id }) => id === clause.id)
      if (!known && clauses.length < MOST_CLAUSES) setClauses([...clauses, clause])
    },
    drop(number) {
      setClauses(clauses.filter((_, at) => at + 1 !== number))
      setLines(withoutClause(lines, number))
    },
    body: () => ({ lines: written, clauses: clauses.map(({ id }) => id) }),
  }
}
