import type { Part, Row } from '#server/reading/part'
import { readName } from './header.ts'
import type { RawQuestion } from './raw.ts'
import { typeOfSheet } from './table.ts'

interface Given {
  number: number
  answer: string
  explanation: string
}

type Table = Extract<Part, { kind: 'table' }>

/**
 * Gives the answers of a table that holds nothing but numbers and answers to the questions before it that have none.
 * False when it is no such table. Where two questions have that number neither gets the answer.
 */
export function takeAnswers(table: Table, questions: RawQuestion[]): boolean {
  const given = readAnswers(table.rows)
  if (given.length === 0) return false
  const type = typeOfSheet(table.name.replace(/(?:参考)?答案.*$/, ''))
  const waiting = questions.filter(
    ({ answers, options }) => answers.length === 0 && !options.some(option => option.right === true),
  )
  for (const { number, answer, explanation } of given) {
    const fitting = waiting.filter(each => /^\d+$/.test(each.number) && Number(each.number) === number)
    const typed = fitting.filter(each => type === null || each.type === type)
    const [question, ...others] = typed
    const same = given.filter(each => each.number === number)
    if (question === undefined || others.length > 0 || same.length > 1) continue
    question.answers = [answer]
    if (question.explanation === '') question.explanation = explanation
  }
  return true
}

function readAnswers(rows: Row[]): Given[] {
  const at = rows.findIndex(({ cells }) => namesAnswers(cells))
  if (at >= 0) return rows.slice(at + 1).flatMap(row => rowAnswers(rows[at]?.cells ?? [], row.cells))
  return rows.flatMap((row, index) => pairedAnswers(row.cells, rows[index + 1]?.cells ?? []))
}

const fieldOf = (name: string) => readName(name)?.field ?? null

function namesAnswers(cells: string[]): boolean {
  const fields = cells.map(fieldOf)
  return (
    fields.includes('number') &&
    fields.includes('answer') &&
    !fields.some(field => field === 'stem' || field === 'options' || field === 'option')
  )
}

/** One or more pairs of 题号 and 答案 beside each other. */
function rowAnswers(heads: string[], cells: string[]): Given[] {
  const fields = heads.map(fieldOf)
  const explained = fields.indexOf('explanation')
  return fields.flatMap((field, index) => {
    const number = cells[fields.lastIndexOf('number', index)] ?? ''
    const answer = cells[index] ?? ''
    if (field !== 'answer' || answer === '' || !/^\d{1,4}$/.test(number)) return []
    return [{ number: Number(number), answer, explanation: cells[explained] ?? '' }]
  })
}

/** A row of numbers with the row of their answers under it. */
function pairedAnswers(numbers: string[], answers: string[]): Given[] {
  if (fieldOf(numbers[0] ?? '') !== 'number' || fieldOf(answers[0] ?? '') !== 'answer') return []
  return numbers.flatMap((number, index) => {
    const answer = answers[index] ?? ''
    return /^\d{1,4}$/.test(number) && answer !== ''
      ? [{ number: Number(number), answer, explanation: '' }]
      : []
  })
}
