import * as z from 'zod'

/** A problem that stops a lesson file from being read: what (code), where (field, line) and the values its sentence needs. */
export interface LessonProblem {
  code: LessonProblemCode
  /** The field as written in the file, such as questions[2].options[0].text, or empty for the whole file. */
  place: string
  /** Line of the file, counted from 1; null where no line can be named. */
  line: number | null
  params: Record<string, string | number>
}

/** What can be wrong with a lesson file; `wording.ts` has a sentence for each. */
export type LessonProblemCode =
  | 'file.no-front-matter'
  | 'file.yaml'
  | 'file.name'
  | 'field.missing'
  | 'field.type'
  | 'field.value'
  | 'field.long'
  | 'field.few'
  | 'field.many'
  | 'field.unknown'
  | 'body.empty'
  | 'body.text-before-heading'
  | 'body.section-empty'
  | 'body.unsupported'
  | 'body.after-tomorrow'
  | 'question.options'
  | 'question.no-options'
  | 'question.one-key'
  | 'question.two-keys'
  | 'question.option-twice'
  | 'question.judge-key'
  | 'question.no-key'
  | 'question.key-field'
  | 'question.gaps'

const words = (max: number) =>
  z.preprocess(
    value => (typeof value === 'number' ? String(value) : value),
    z.string().trim().min(1).max(max),
  )

const SourceForm = z.strictObject({
  law: words(60),
  article: words(60).optional(),
  version: words(60).optional(),
  checkedOn: z.iso.date().optional(),
})

const OptionForm = z.strictObject({
  text: words(200),
  key: z.boolean().optional(),
  why: words(300).optional(),
})

/** One question of the front matter, before its parts are compared with each other. */
export const QuestionForm = z.strictObject({
  type: z.enum(['single', 'multiple', 'judge', 'blank']),
  scenario: z.boolean().optional(),
  stem: words(500),
  options: z.array(OptionForm).min(2).max(8).optional(),
  key: z.union([words(100), z.boolean(), z.array(words(100)).min(1).max(10)]).optional(),
  why: words(300).optional(),
  explanation: words(600).optional(),
  difficulty: z.int().min(1).max(5).optional(),
  topic: words(30).optional(),
  source: SourceForm.optional(),
  sources: z.array(SourceForm).max(10).optional(),
})
export type QuestionForm = z.infer<typeof QuestionForm>

/** The front matter of a lesson file. */
export const LessonForm = z.strictObject({
  order: z.int().min(0).max(99999),
  title: words(60),
  category: words(30),
  topic: words(30),
  minutes: z.number().min(0.5).max(240),
  scene: words(120),
  reviewBy: z.iso.date(),
  sources: z.array(SourceForm).min(1).max(30),
  questions: z.array(QuestionForm).min(1).max(30),
})
export type LessonForm = z.infer<typeof LessonForm>
