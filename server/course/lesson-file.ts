import type { Lesson } from '#shared/course'
import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import type * as z from 'zod'
import { readLessonBody } from './lesson-body.ts'
import { LessonForm, type LessonProblem, type LessonProblemCode } from './lesson-form.ts'
import { readLessonQuestion, type LessonQuestion } from './lesson-question.ts'

/** A lesson as a file gives it, before the course has taken it. */
export type LessonDraft = Omit<LessonForm, 'questions'> &
  Pick<Lesson, 'body' | 'tomorrow'> & {
    /** From the file's name: 01-xinfang.md → 01-xinfang. */
    slug: string
  }

/** What reading a file gives: the lesson with its questions, or why it was refused. */
export type LessonFile =
  { ok: true; lesson: LessonDraft; questions: LessonQuestion[] } | { ok: false; problems: LessonProblem[] }

/** A document with the lines its parts stand on; the front matter starts on line 2. */
interface Front {
  document: Document.Parsed
  lines: LineCounter
}

const FRONT = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/

/** One lesson file → the lesson with its questions, or every problem that can be told at once. */
export function readLessonFile(fileName: string, content: string): LessonFile {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const slug = /(?:^|[\\/])([^\\/]+)\.(?:md|markdown)$/i.exec(fileName)?.[1] ?? ''
  const match = FRONT.exec(text)
  if (match === null) return failed([{ code: 'file.no-front-matter', place: '', line: 1, params: {} }])
  const lines = new LineCounter()
  const document = parseDocument(match[1] ?? '', { lineCounter: lines, prettyErrors: false })
  const front = { document, lines }
  if (document.errors.length > 0) return failed(document.errors.map(error => yamlProblem(error, lines)))
  const problems: LessonProblem[] = []
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug))
    problems.push({ code: 'file.name', place: '', line: null, params: { name: fileName } })
  const form = readForm(front, problems)
  const body = readLessonBody(text.slice(match[0].length), match[0].split('\n').length)
  problems.push(...body.problems)
  const questions = form === null ? [] : readQuestions(form, front, problems)
  if (form === null || problems.length > 0) return failed(problems)
  const { questions: _, ...rest } = form
  return { ok: true, lesson: { ...rest, slug, body: body.body, tomorrow: body.tomorrow }, questions }
}

function readForm(front: Front, problems: LessonProblem[]): LessonForm | null {
  const raw: unknown = toValue(front.document)
  const form = LessonForm.safeParse(raw)
  if (form.success) return form.data
  problems.push(...form.error.issues.flatMap(issue => formProblems(issue, raw, front)))
  return null
}

/** An anchor bomb (YAML aliases that unfold without end) is refused by the reader; it then counts as an empty file. */
function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 })
  } catch {
    return null
  }
}

function readQuestions(form: LessonForm, front: Front, problems: LessonProblem[]): LessonQuestion[] {
  return form.questions.flatMap((question, index) => {
    const read = readLessonQuestion(question, form)
    if ('question' in read) return [read.question]
    for (const { code, field, params } of read.problems) {
      const path = ['questions', index, ...pathOf(field)]
      problems.push({ code, place: placeOf(path), line: lineOf(path, front), params })
    }
    return []
  })
}

function formProblems(issue: z.core.$ZodIssue, raw: unknown, front: Front): LessonProblem[] {
  const path = issue.path.filter(step => typeof step !== 'symbol')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      code: 'field.unknown' as const,
      place: placeOf([...path, key]),
      line: lineOf([...path, key], front),
      params: { key },
    }))
  const missing = valueAt(raw, path) === undefined || valueAt(raw, path) === null
  const code = missing ? 'field.missing' : codeOf(issue)
  return [{ code, place: placeOf(path), line: lineOf(path, front), params: paramsOf(issue) }]
}

function codeOf(issue: z.core.$ZodIssue): LessonProblemCode {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return 'field.type'
  const list = (issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'array'
  if (issue.code === 'too_big')
    return list ? 'field.many' : issue.origin === 'string' ? 'field.long' : 'field.value'
  if (issue.code === 'too_small')
    return list ? 'field.few' : issue.origin === 'string' ? 'field.missing' : 'field.value'
  return 'field.value'
}

function paramsOf(issue: z.core.$ZodIssue): LessonProblem['params'] {
  if (issue.code === 'too_big') return { max: Number(issue.maximum) }
  if (issue.code === 'too_small') return { min: Number(issue.minimum) }
  if (issue.code === 'invalid_type') return { expected: issue.expected }
  if (issue.code === 'invalid_value') return { allowed: issue.values.map(String).join(' / ') }
  return {}
}

function yamlProblem(error: { message: string; pos: [number, number] }, lines: LineCounter): LessonProblem {
  return {
    code: 'file.yaml',
    place: '',
    line: lines.linePos(error.pos[0]).line + 1,
    params: { message: error.message },
  }
}

function valueAt(raw: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    raw,
  )
}

/** The line of a field, or of the nearest part around it that is there. */
function lineOf(path: (string | number)[], { document, lines }: Front): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    const range = isNode(node) ? node.range : null
    if (range) return lines.linePos(range[0]).line + 1
  }
  return null
}

function placeOf(path: (string | number)[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('')
}

function pathOf(field: string): (string | number)[] {
  return field
    .split(/[.[\]]+/)
    .filter(step => step !== '')
    .map(step => (/^\d+$/.test(step) ? Number(step) : step))
}

function failed(problems: LessonProblem[]): LessonFile {
  return { ok: false, problems }
}
