import type { QuestionDraft } from './draft.ts'

/** What is checked, one name for each rule. */
export const QUESTION_RULES = [
  'option-length',
  'option-twice',
  'all-of-the-above',
  'double-negative',
  'unmarked-negative',
  'date-trivia',
  'why-missing',
  'explanation-missing',
  'explanation-long',
  'explanation-repeats',
  'source-missing',
  'source-incomplete',
  'sentence-long',
  'slogan',
  'absolute',
  'key-position',
  'key-uneven',
  'judge-share',
  'scenario-share',
] as const
export type QuestionRule = (typeof QUESTION_RULES)[number]

/** One finding: an error breaks a rule for certain, a warning wants an editor's eye. */
export interface QuestionFinding {
  rule: QuestionRule
  level: 'error' | 'warning'
  /** The question's `where`, or empty for the whole set. */
  where: string
  params: Record<string, string | number>
}

/** A question and where it stands; `scenario` is null or absent where nobody said. */
export interface LintedQuestion {
  draft: QuestionDraft
  scenario?: boolean | null
  where: string
}
