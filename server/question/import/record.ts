import type { Column } from './header.ts'
import { withoutHtml } from './fold.ts'
import { parseList } from './literal.ts'
import { labelAt, splitOptions } from './option.ts'
import type { RawQuestion } from './raw.ts'
import { readType, readVerdict } from './type.ts'

/** Puts a cell or labelled text where its column says. The first type, topic and answer a question states count. */
export function addField(question: RawQuestion, column: Column, cell: string): void {
  if (column.field === 'option' && 'place' in column) {
    question.options.push({ label: labelAt(column.place), text: cell, right: null })
    question.options.sort((a, b) => a.label.localeCompare(b.label))
  } else if (column.field === 'slot' && 'place' in column) {
    question.answers[column.place] = cell
    question.listed = true
  } else if (column.field === 'verdict' && 'place' in column) tick(question, column.place === 0, cell)
  else if (column.field === 'options') question.options.push(...splitOptions(cell))
  else if (column.field === 'answer') addAnswer(question, cell)
  else if (column.field === 'type') addType(question, cell)
  else if (column.field === 'law') question.laws.push(cell)
  else if (column.field === 'distractor') question.distractors.push(...cell.split('\n'))
  else if (column.field === 'right') markLast(question, cell)
  else if (column.field === 'secrecy') question.margin += `密级：${cell}\n`
  else addText(question, column.field, cell)
}

/** Both columns ticked, or the one ticked with its opposite, is no verdict. */
function tick(question: RawQuestion, right: boolean, cell: string): void {
  const contrary = right && readVerdict(cell) === false
  question.type ??= 'judge'
  question.answers.push(...(contrary ? [right, !right] : [right]))
}

/** In a table with an option to a row its neighbour says whether it is right. */
function markLast(question: RawQuestion, cell: string): void {
  const last = question.options.at(-1)
  if (last !== undefined) last.right = cell.trim() === '1' || readVerdict(cell) === true
}

function addText(question: RawQuestion, field: string, cell: string): void {
  if (field === 'stem' || field === 'topic' || field === 'difficulty' || field === 'number') {
    if (question[field] === '') question[field] = cell
  } else if (field === 'explanation') {
    question.explanation = question.explanation === '' ? cell : `${question.explanation}\n${cell}`
  } else question.margin += `${cell}\n`
}

function addAnswer(question: RawQuestion, given: string): void {
  const cell = withoutHtml(given).trim()
  if (question.answers.length > 0) return
  const list = parseList(cell)
  question.answers = list ?? [cell]
  question.listed = list !== null
}

/** A file may state the type twice, once as a code; the first that is understood counts. */
export function addType(question: RawQuestion, cell: string): void {
  const type = readType(cell)
  if (question.type === null && type !== null) question.type = type
  if (question.typeText === '' || type !== null) question.typeText = cell
}
