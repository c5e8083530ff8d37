import { absolutes, longSentences, SENTENCE_MAX, slogans, textLength } from '#server/base/prose'
import type { QuestionDraft } from './draft.ts'
import {
  ALL_OF_THE_ABOVE,
  DATE_OR_NUMBER,
  DOUBLE_NEGATIVE,
  KEY_ANNOUNCEMENT,
  MARKED,
  NEGATIVE_STEM,
} from './lint-vocabulary.ts'
import type { LintedQuestion, QuestionFinding } from './lint-finding.ts'
import { lintWhole } from './lint-whole.ts'

/** What goes in and what comes out. */
export type { LintedQuestion, QuestionFinding } from './lint-finding.ts'

type Complaint = Pick<QuestionFinding, 'rule' | 'level' | 'params'>

/** Longest explanation in characters (rule 7). */
const EXPLANATION_MAX = 120
/** Longest option against the median; a difference under three characters is never seen by a reader. */
const OPTION_RATIO = 1.5
const OPTION_SLACK = 3

/** Rules 1 to 8 of “Content that convinces”, as far as a program can check them. */
export function lintQuestions(questions: readonly LintedQuestion[]): QuestionFinding[] {
  const single = questions.flatMap(({ draft, where }) =>
    lintQuestion(draft).map(complaint => ({ ...complaint, where })),
  )
  return [...single, ...lintWhole(questions)]
}

function lintQuestion(draft: QuestionDraft): Complaint[] {
  return [
    ...lintOptions(draft),
    ...lintStem(draft),
    ...lintExplanation(draft),
    ...lintSources(draft),
    ...lintProse(draft),
  ]
}

function lintOptions({ type, options, key }: QuestionDraft): Complaint[] {
  if (type === 'judge' || type === 'blank') return []
  const complaints: Complaint[] = []
  const { longest, median } = optionLengths(options.map(option => option.text))
  if (longest > median * OPTION_RATIO && longest - median >= OPTION_SLACK)
    complaints.push({ rule: 'option-length', level: 'error', params: { longest, median } })
  const texts = options.map(option => bare(option.text))
  const twice = options.find((_, index) => texts.indexOf(texts[index] ?? '') < index)
  if (twice !== undefined)
    complaints.push({ rule: 'option-twice', level: 'error', params: { text: twice.text } })
  const pointing = options.find(option => ALL_OF_THE_ABOVE.test(option.text.trim()))
  if (pointing !== undefined)
    complaints.push({ rule: 'all-of-the-above', level: 'error', params: { text: pointing.text } })
  const unexplained = options.filter(option => option.why === '' && !key.includes(option.label))
  if (unexplained.length > 0)
    complaints.push({
      rule: 'why-missing',
      level: 'warning',
      params: { labels: unexplained.map(option => option.label).join('、') },
    })
  return complaints
}

/** The longest option and the median of all, in characters. */
export function optionLengths(texts: readonly string[]): { longest: number; median: number } {
  const lengths = texts.map(textLength).sort((a, b) => a - b)
  const middle = lengths.length / 2
  const upper = lengths[Math.floor(middle)] ?? 0
  const lower = lengths[Math.ceil(middle) - 1] ?? 0
  return { longest: lengths.at(-1) ?? 0, median: (upper + lower) / 2 }
}

function lintStem({ type, stem, options, key }: QuestionDraft): Complaint[] {
  const complaints: Complaint[] = []
  const doubled = [stem, ...options.map(option => option.text)]
    .map(text => DOUBLE_NEGATIVE.exec(text)?.[0])
    .find(text => text !== undefined)
  if (doubled !== undefined)
    complaints.push({ rule: 'double-negative', level: 'error', params: { text: doubled } })
  const asked = type === 'single' || type === 'multiple' ? NEGATIVE_STEM.exec(stem.replace(MARKED, '')) : null
  if (asked !== null)
    complaints.push({ rule: 'unmarked-negative', level: 'error', params: { text: asked[0] } })
  const answers =
    type === 'blank' ? key : options.filter(option => key.includes(option.label)).map(option => option.text)
  if (type !== 'judge' && answers.length > 0 && answers.every(text => DATE_OR_NUMBER.test(text.trim())))
    complaints.push({ rule: 'date-trivia', level: 'error', params: { text: answers.join('、') } })
  return complaints
}

function lintExplanation(draft: QuestionDraft): Complaint[] {
  const length = textLength(draft.explanation)
  if (length === 0) return [{ rule: 'explanation-missing', level: 'error', params: {} }]
  if (length > EXPLANATION_MAX)
    return [{ rule: 'explanation-long', level: 'error', params: { length, max: EXPLANATION_MAX } }]
  return repeatsKey(draft) ? [{ rule: 'explanation-repeats', level: 'error', params: {} }] : []
}

/** Without the key and its announcement too little is left to explain anything, or no more than the stem said. */
function repeatsKey({ type, stem, options, key, explanation }: QuestionDraft): boolean {
  const answers =
    type === 'blank' ? key : options.filter(option => key.includes(option.label)).map(option => option.text)
  const rest = answers.reduce((text, answer) => text.replaceAll(bare(answer), ''), bare(explanation))
  return textLength(rest.replace(KEY_ANNOUNCEMENT, '')) < 5 || bare(stem).includes(rest)
}

function lintSources({ sources }: QuestionDraft): Complaint[] {
  if (sources.length === 0) return [{ rule: 'source-missing', level: 'error', params: {} }]
  return sources.flatMap<Complaint>(source => {
    const lacking = (['article', 'version', 'checkedOn'] as const).filter(
      field => source[field] === undefined,
    )
    if (lacking.length === 0) return []
    return [
      {
        rule: 'source-incomplete',
        level: 'warning',
        params: { law: source.law, fields: lacking.join('、') },
      },
    ]
  })
}

function lintProse({ stem, options, explanation }: QuestionDraft): Complaint[] {
  const texts = [stem, explanation, ...options.flatMap(option => [option.text, option.why])]
  const own = [stem, explanation].join('\n')
  return [
    ...texts.flatMap(longSentences).map<Complaint>(text => ({
      rule: 'sentence-long',
      level: 'warning',
      params: { text, max: SENTENCE_MAX },
    })),
    ...slogans(own).map<Complaint>(text => ({ rule: 'slogan', level: 'warning', params: { text } })),
    ...absolutes(own).map<Complaint>(text => ({ rule: 'absolute', level: 'warning', params: { text } })),
  ]
}

/** Punctuation, blanks and case set aside. */
function bare(text: string): string {
  return text.replace(/[\s\p{P}]/gu, '').toLowerCase()
}
