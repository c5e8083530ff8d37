import type { Source } from '#shared/question'
import type { QuestionDraft } from './draft.ts'
import { lintQuestions } from './lint.ts'
import type { QuestionRule } from './lint-finding.ts'
import { judgeOptions } from './wording.ts'

/** A question as an editor gives it: labels of options are A, B, C… in order. */
export interface GivenQuestion {
  type: 'single' | 'multiple' | 'judge'
  topic: string
  stem: string
  options: readonly { text: string; why: string }[]
  key: readonly string[]
  explanation: string
}

/** The draft of a question that rests on these sources, or the fields that are wrong. */
export function draftOf(
  given: GivenQuestion,
  sources: Source[],
): { draft: QuestionDraft } | { fields: string[] } {
  const { type, topic, stem, explanation } = given
  const texts =
    type === 'judge' ? Object.values(judgeOptions).map(text => ({ text, why: '' })) : given.options
  const options = texts.map(({ text, why }, at) => ({ label: 'ABCDEF'.charAt(at), text, why }))
  const key = options.map(({ label }) => label).filter(label => given.key.includes(label))
  const draft = {
    ...{ type, topic, stem, options, key, explanation, sources },
    ...{ ordered: false, difficulty: null },
  }
  const fields = [...impossible(draft, given.key), ...broken(draft)]
  return fields.length === 0 ? { draft } : { fields: [...new Set(fields)] }
}

function impossible({ type, options, key }: QuestionDraft, given: readonly string[]): string[] {
  if (options.length < 2) return ['body.options']
  const known = key.length === new Set(given).size
  return known && (type === 'multiple' ? key.length > 1 : key.length === 1) ? [] : ['body.key']
}

/** The fields that break a rule of “content that convinces” for certain. */
const broken = (draft: QuestionDraft): string[] =>
  lintQuestions([{ draft, where: '' }]).flatMap(({ rule, level }) =>
    level === 'error' ? [fieldOf(rule)] : [],
  )

function fieldOf(rule: QuestionRule): string {
  if (/^(?:option|all|why)-/.test(rule)) return 'body.options'
  if (/^explanation-/.test(rule)) return 'body.explanation'
  return rule === 'date-trivia' ? 'body.key' : 'body.stem'
}
