import { withoutHtml, withShortSpaces } from './fold.ts'
import { inferColumns } from './headerless.ts'
import { readHeader, readName } from './header.ts'
import { withLettersForKeys } from './keyed.ts'
import { findOptionRun, labelAt, splitOptions, withLabels } from './option.ts'
import { emptyQuestion, type RawAnswer, type RawOption, type RawQuestion } from './raw.ts'
import { addField, addType } from './record.ts'
import { readTable } from './table.ts'
import { readHeading } from './type.ts'
import { OPTION_LABEL_KEYS, OPTION_RIGHT_KEYS, OPTION_TEXT_KEYS, type StatedType } from './vocabulary.ts'

type Properties = Record<string, unknown>

const MAX_DEPTH = 40

/** What a tree gave: questions, and places of list members that are none. */
export interface TreeReading {
  questions: RawQuestion[]
  strangers: string[]
}

/** Questions anywhere in a JSON value; property names on the way may state the type or name the topic. */
export function readTree(value: unknown): TreeReading {
  const reading: TreeReading = { questions: [], strangers: [] }
  visit(value, '$', { type: null, topic: '' }, 0, reading)
  return reading
}

interface Context {
  type: StatedType | null
  topic: string
}

function visit(value: unknown, path: string, context: Context, depth: number, out: TreeReading): void {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) return visitList(value, path, context, depth, out)
  const properties = value as Properties
  const question = readObject(properties, path, context)
  if (question !== null) {
    out.questions.push(withLettersForKeys(question))
    return
  }
  const named = namedContext(properties, context)
  for (const [name, inner] of Object.entries(properties)) {
    visit(inner, `${path}.${name}`, contextOf(name, inner, named), depth + 1, out)
  }
}

function visitList(list: unknown[], path: string, context: Context, depth: number, out: TreeReading): void {
  if (list.length > 1 && list.every(item => Array.isArray(item))) {
    const rows = list.map((item: unknown[], index) => ({ at: index, cells: item.map(textOf) }))
    const known =
      rows.some(row => readHeader(row.cells) !== null) || inferColumns(rows.map(row => row.cells)) !== null
    const questions = known ? readTable({ name: path, rows, spans: [], section: context.type }) : null
    if (questions !== null) {
      out.questions.push(...questions)
      return
    }
  }
  const before = out.questions.length
  const strangers: string[] = []
  list.forEach((item, index) => {
    const count = out.questions.length
    visit(item, `${path}[${index}]`, context, depth + 1, out)
    if (out.questions.length === count) strangers.push(`${path}[${index}]`)
  })
  if (out.questions.length > before) out.strangers.push(...strangers)
}

/** A property's name may be a type ("单选题"); other Chinese names over lists are topics. */
function contextOf(name: string, inner: unknown, context: Context): Context {
  const type = readHeading(name)
  if (type !== null) return { ...context, type }
  const topical = /[\u4e00-\u9fff]/.test(name) && typeof inner === 'object' && readName(name) === null
  return topical ? { ...context, topic: name } : context
}

/** An object over lists may state type and topic for all of them: {type: 'single', questions: […]}. */
function namedContext(properties: Properties, context: Context): Context {
  const named = { ...context }
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value !== 'string' || value.length > 40) continue
    const field = readName(name)?.field
    const type = readHeading(value)
    if (type !== null && (field === 'type' || field === 'stem')) named.type = type
    else if (field === 'topic') named.topic = value
  }
  return named
}

function readObject(properties: Properties, path: string, context: Context): RawQuestion | null {
  const entries = Object.entries(properties).map(([name, value]) => ({ name, value, column: readName(name) }))
  const has = (field: string) => entries.some(each => each.column?.field === field && each.value !== null)
  if (!(has('stem') || has('topic')) || !(has('answer') || has('options') || has('option') || has('slot')))
    return null
  const question = emptyQuestion(path)
  const stems = entries.filter(each => each.column?.field === 'stem')
  // In some banks the question is called topic.
  if (stems.length === 0) stems.push(...entries.filter(each => each.column?.field === 'topic'))
  const stem =
    stems.find(each => /stem|question|题干|题目/i.test(each.name) && textOf(each.value) !== '') ?? stems[0]
  if (Array.isArray(stem?.value) || entries.some(each => each.column !== null && holdsQuestions(each.value)))
    return null
  for (const { name, value, column } of entries) {
    if (column === null || (column.field === 'stem' && name !== stem?.name)) continue
    if (name === stem?.name) question.stem = textOf(value)
    else if (column.field === 'options' || (column.field === 'option' && Array.isArray(value)))
      question.options.push(...readOptions(value))
    else if (column.field === 'answer' && holdsOptions(value)) question.options.push(...readOptions(value))
    else if (column.field === 'answer') readAnswers(question, value)
    else if (column.field === 'type') addType(question, textOf(value))
    else if (Array.isArray(value) && column.field === 'law') question.laws.push(...value.map(textOf))
    else if (textOf(value) !== '') addField(question, column, textOf(value))
  }
  question.type ??= context.type
  if (question.topic === '') question.topic = context.topic
  return question
}

/** A list called items or choices may be the list of questions itself. */
function holdsQuestions(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  return value.some(item => {
    if (typeof item !== 'object' || item === null) return false
    const fields = Object.keys(item as object).map(name => readName(name)?.field)
    return (
      fields.includes('stem') &&
      fields.some(field => field === 'options' || field === 'answer') &&
      fields.includes('answer')
    )
  })
}

/** "answers" may be the options, each with the mark whether it is right. */
function holdsOptions(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every(item => typeof item === 'object' && item !== null) &&
    readOptionList(value).every(({ text, right }) => text !== '' && right !== null)
  )
}

function readAnswers(question: RawQuestion, given: unknown): void {
  const value = chosenLetters(given) ?? given
  if (question.answers.length > 0 || value === null || value === undefined || value === '') return
  if (Array.isArray(value)) {
    question.answers = value.map(answerOf).filter(answer => answer !== '')
    question.listed = true
  } else if (typeof value === 'string') addField(question, { field: 'answer' }, value)
  else question.answers = [answerOf(value)]
}

/** The letters of {"A": true, "B": false}. */
function chosenLetters(value: unknown): string[] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const entries = Object.entries(value as Properties)
  const flags = entries.every(([name, inner]) => /^[A-L]$/i.test(name) && isFlag(inner))
  return flags && entries.length > 1
    ? entries.filter(([, inner]) => isTrue(inner)).map(([name]) => name)
    : null
}

function answerOf(value: unknown): RawAnswer {
  return typeof value === 'number' || typeof value === 'boolean' ? value : withoutHtml(textOf(value)).trim()
}

function readOptions(value: unknown): RawOption[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : splitOptions(value)
  if (Array.isArray(value)) return readOptionList(value)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([name, inner]) => ({
    label: name.toUpperCase(),
    text: textOf(inner),
    right: null,
  }))
}

function readOptionList(list: unknown[]): RawOption[] {
  if (list.every(item => typeof item !== 'object' || item === null)) {
    const texts = list.map(textOf)
    return texts.length === 1 && findOptionRun(texts[0] ?? '') !== null
      ? splitOptions(texts[0] ?? '')
      : withLabels(texts)
  }
  return list.map((item, index) => readOption(item, index))
}

function readOption(item: unknown, index: number): RawOption {
  if (typeof item !== 'object' || item === null)
    return { label: labelAt(index), text: textOf(item), right: null }
  const properties = new Map(Object.entries(item).map(([name, value]) => [plainKey(name), value as unknown]))
  // [{"A": "甲"}, {"B": "乙"}]
  const [single] = properties
  if (properties.size === 1 && single !== undefined && /^[a-l]$/.test(single[0])) {
    return { label: single[0].toUpperCase(), text: textOf(single[1]), right: null }
  }
  const labelKey = OPTION_LABEL_KEYS.find(key => /^[A-La-l][.、]?$/.test(textOf(properties.get(key)).trim()))
  const textKey = OPTION_TEXT_KEYS.find(key => key !== labelKey && textOf(properties.get(key)) !== '')
  const rightKey = OPTION_RIGHT_KEYS.find(key => isFlag(properties.get(key)))
  const label = labelKey === undefined ? labelAt(index) : textOf(properties.get(labelKey)).trim().slice(0, 1)
  const text = textKey === undefined ? '' : textOf(properties.get(textKey))
  const right = rightKey === undefined ? null : isTrue(properties.get(rightKey))
  return { label: label.toUpperCase(), text, right }
}

/** optionContent and option_text are content and text. */
const plainKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/_/g, '')
    .replace(/^(?:option|choice|item)(?=.)/, '')

const isFlag = (value: unknown): boolean =>
  typeof value === 'boolean' || /^(?:[01]|true|false|是|否)$/i.test(textOf(value))
const isTrue = (value: unknown): boolean => value === true || /^(?:1|true|是)$/i.test(textOf(value))

/** The words of a value; of an object the words it calls text, content or title. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return withShortSpaces(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object' || value === null) return ''
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  const inner = value as Properties
  return textOf(inner.text ?? inner.content ?? inner.title ?? inner.html ?? inner.value ?? '')
}
