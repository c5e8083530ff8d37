import { isClassified } from '#server/base/classified'
import type { Part } from '#server/reading/part'
import type { QuestionDraft } from '../draft.ts'
import type { ReasonCode } from '../wording.ts'
import { accept } from './accept.ts'
import { takeAnswers } from './answer-table.ts'
import { withDistractors } from './distractor.ts'
import { gatherEvidence } from './evidence.ts'
import { readName } from './header.ts'
import { withLayoutTablesFlat } from './layout-table.ts'
import { legendIn } from './legend.ts'
import type { RawQuestion } from './raw.ts'
import { typeInStem, withoutNumbers } from './stem.ts'
import { tidy, withoutHtml } from './fold.ts'
import { readTable, tableLines, typeOfSheet } from './table.ts'
import { readText } from './text.ts'
import { readTree } from './tree.ts'
import { readType } from './type.ts'
import type { StatedType } from './vocabulary.ts'

/** One thing found in a file: a draft, or the reason why it is none. `stem` is its beginning, to find it by. */
export type Finding = { place: string; stem: string } & ({ draft: QuestionDraft } | { reason: ReasonCode })

/** Everything a file's parts hold, in order. `topic` is for questions that name none. */
export function collect(parts: Part[], topic: string): Finding[] {
  if (parts.length === 0) return [{ place: 'file', stem: '', reason: 'file.empty' }]
  const marking = markingIn(parts)
  if (marking !== null) return [{ place: marking, stem: '', reason: 'file.classified' }]
  const questions: RawQuestion[] = []
  const findings: Finding[] = []
  let section: StatedType | null = null
  for (const part of withLayoutTablesFlat(parts)) {
    if (part.kind === 'table' && takeAnswers(part, questions)) continue
    const reading = readPart(part, section)
    section = reading.section
    questions.push(...withCleanStems(reading.questions))
    for (const place of reading.unknown) findings.push({ place, stem: '', reason: reading.reason })
  }
  const evidence = gatherEvidence(questions, legendIn(parts))
  const accepted = questions.map(question => {
    const { place, stem } = question
    return { place, stem: tidy(stem).slice(0, 60), ...accept(question, evidence, topic) }
  })
  const found = [...accepted, ...findings]
  return found.length > 0 ? found : [{ place: 'file', stem: '', reason: 'layout.unknown' }]
}

interface PartReading {
  questions: RawQuestion[]
  section: StatedType | null
  unknown: string[]
  reason: ReasonCode
}

function readPart(part: Part, section: StatedType | null): PartReading {
  if (part.kind === 'tree') {
    const { questions, strangers } = readTree(part.value)
    return { questions, section, unknown: strangers, reason: 'row.not-a-question' }
  }
  if (part.kind === 'text') {
    const reading = readText(part.name, part.lines, section)
    return { ...reading, unknown: [], reason: 'layout.unknown' }
  }
  const own = typeOfSheet(part.name) ?? section
  const questions = readTable({ name: part.name, rows: part.rows, spans: part.spans, section: own })
  if (questions !== null) return { questions, section, unknown: [], reason: 'layout.unknown' }
  // A header whose answer column nobody understands: its rows must not pass for running text.
  const named = part.rows.slice(0, 10).some(row => namesStem(row.cells))
  const text = named ? { questions: [], section: own } : readText(part.name, tableLines(part.rows), own)
  const unknown =
    text.questions.length === 0 && part.rows.length > 1 ? [part.name === '' ? 'table' : part.name] : []
  return { questions: text.questions, section: text.section ?? section, unknown, reason: 'layout.unknown' }
}

function withCleanStems(questions: RawQuestion[]): RawQuestion[] {
  const stems = withoutNumbers(questions.map(question => withoutHtml(question.stem)))
  return questions.map(withDistractors).map((question, index) => {
    const stem = stems[index] ?? question.stem
    return { ...question, stem, type: question.type ?? readType(typeInStem(stem)) }
  })
}

/** A row of short names, one of them for the stem. */
function namesStem(cells: string[]): boolean {
  const filled = cells.filter(cell => cell !== '')
  const short = filled.length > 1 && filled.every(cell => cell.length <= 12)
  return short && filled.some(cell => readName(cell)?.field === 'stem')
}

const ALONE = /^\s*[（(\[【]?\s*(?:绝密|机密|秘密)\s*[）)\]】]?\s*$/

/** A marking that stands for the whole file: in running text, or above the header of a table. Null when there is none. */
function markingIn(parts: Part[]): string | null {
  for (const part of parts) {
    if (part.kind === 'text') {
      const line = part.lines.find(
        each => ALONE.test(each.text) || (isClassified(each.text) && each.text.length <= 40),
      )
      if (line !== undefined) return `line ${line.at}`
    }
    if (part.kind !== 'table') continue
    const title = part.rows.slice(0, 10).find(row => {
      const filled = row.cells.filter(cell => cell !== '')
      return (
        filled.length === 1 &&
        filled.some(cell => ALONE.test(cell) || (isClassified(cell) && cell.length <= 60))
      )
    })
    if (title !== undefined) return `${part.name} row ${title.at}`.trim()
  }
  return null
}
