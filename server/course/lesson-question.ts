import type { fingerprintOf } from '#server/question/service'
import type { Source } from '#shared/question'
import type { LessonForm, LessonProblemCode, QuestionForm } from './lesson-form.ts'
import { JUDGE_OPTIONS, JUDGE_WORDS } from './wording.ts'

/** A question as the bank takes it. */
type QuestionDraft = Parameters<typeof fingerprintOf>[0]

/** A question of a lesson file; `scenario` is null where the editor did not say. */
export interface LessonQuestion {
  draft: QuestionDraft
  scenario: boolean | null
}

/** A complaint about one question; `field` is relative to it. */
export interface QuestionProblem {
  code: LessonProblemCode
  field: string
  params: Record<string, string | number>
}

type Key = Pick<QuestionDraft, 'options' | 'key' | 'ordered'>
type Read = { ok: true; value: Key } | { ok: false; problems: QuestionProblem[] }

const LABELS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
const GAP = /（[\s　]*）|\([\s　]*\)|_{2,}/g

/** A question of the front matter → a draft for the bank, or what is wrong with it. */
export function readLessonQuestion(
  form: QuestionForm,
  lesson: LessonForm,
): { question: LessonQuestion } | { problems: QuestionProblem[] } {
  const read = readKey(form)
  if (!read.ok) return { problems: read.problems }
  const draft: QuestionDraft = {
    type: form.type,
    stem: form.stem,
    ...read.value,
    explanation: form.explanation ?? '',
    topic: form.topic ?? lesson.topic,
    difficulty: form.difficulty ?? null,
    sources: sourcesOf(form, lesson),
  }
  return { question: { draft, scenario: form.scenario ?? null } }
}

function readKey(form: QuestionForm): Read {
  if (form.type === 'judge') return readJudge(form)
  if (form.type === 'blank') return readBlank(form)
  return readChoice(form)
}

function readChoice(form: QuestionForm): Read {
  if (form.key !== undefined) return wrong('question.key-field', 'key')
  if (form.options === undefined) return wrong('question.options', 'options')
  const options = form.options.map((option, index) => ({
    label: LABELS[index] ?? '',
    text: option.text,
    why: option.key === true ? '' : (option.why ?? ''),
  }))
  const twice = options.findIndex((option, index) =>
    options.some((other, at) => at < index && other.text === option.text),
  )
  if (twice !== -1)
    return wrong('question.option-twice', `options[${twice}].text`, { text: options[twice]?.text ?? '' })
  const key = options.filter((_, index) => form.options?.[index]?.key === true).map(option => option.label)
  if (form.type === 'single' && key.length !== 1)
    return wrong('question.one-key', 'options', { keys: key.length })
  if (form.type === 'multiple' && key.length < 2)
    return wrong('question.two-keys', 'options', { keys: key.length })
  return { ok: true, value: { options, key, ordered: false } }
}

function readJudge(form: QuestionForm): Read {
  if (form.options !== undefined) return wrong('question.no-options', 'options')
  const said = typeof form.key === 'boolean' ? form.key : JUDGE_WORDS.get(String(form.key))
  if (said === undefined) return wrong('question.judge-key', 'key', { key: String(form.key ?? '') })
  const why = form.why ?? ''
  const options = [
    { label: 'A', text: JUDGE_OPTIONS.right, why: said ? '' : why },
    { label: 'B', text: JUDGE_OPTIONS.wrong, why: said ? why : '' },
  ]
  return { ok: true, value: { options, key: [said ? 'A' : 'B'], ordered: false } }
}

function readBlank(form: QuestionForm): Read {
  if (form.options !== undefined) return wrong('question.no-options', 'options')
  if (form.key === undefined || typeof form.key === 'boolean') return wrong('question.no-key', 'key')
  const key = typeof form.key === 'string' ? [form.key] : form.key
  const gaps = form.stem.match(GAP)?.length ?? 0
  if (gaps !== key.length) return wrong('question.gaps', 'key', { gaps, keys: key.length })
  return { ok: true, value: { options: [], key, ordered: true } }
}

/** Version and checking day are written once, at the lesson; a question that names the same law inherits them. */
function sourcesOf(form: QuestionForm, lesson: LessonForm): Source[] {
  const own = [...(form.source === undefined ? [] : [form.source]), ...(form.sources ?? [])]
  return own.map(source => {
    const same = lesson.sources.filter(other => other.law === source.law)
    const parent = same.find(other => other.article === source.article) ?? same[0]
    const version = source.version ?? parent?.version
    const checkedOn = source.checkedOn ?? parent?.checkedOn
    return {
      law: source.law,
      ...(source.article === undefined ? {} : { article: source.article }),
      ...(version === undefined ? {} : { version }),
      ...(checkedOn === undefined ? {} : { checkedOn }),
    }
  })
}

function wrong(code: LessonProblemCode, field: string, params: QuestionProblem['params'] = {}): Read {
  return { ok: false, problems: [{ code, field, params }] }
}
