/** A quiz question being written. */
export interface QuestionDraft {
  type: 'single' | 'multiple' | 'judge'
  topic: string
  stem: string
  options: { text: string; why: string }[]
  /** Labels of the right options. */
  key: string[]
  explanation: string
}

const LETTERS = 'ABCDEF'
const LEAST_STEM = 4

/** The label of an option by its place. */
export const labelOf = (at: number): string => LETTERS.charAt(at)

/** An empty draft with room for four options. */
export const emptyQuestion = (): QuestionDraft => ({
  type: 'single',
  topic: '',
  stem: '',
  options: Array.from({ length: 4 }, () => ({ text: '', why: '' })),
  key: [],
  explanation: '',
})

/** The key after an option was tapped: one for a single choice, any number for several. */
export function toggledKey({ type, key }: QuestionDraft, label: string): string[] {
  if (type !== 'multiple') return [label]
  return key.includes(label) ? key.filter(other => other !== label) : [...key, label].sort()
}

/** What is sent: without empty options, labels counted again, and a judge question without options of its own. */
export function questionBody(draft: QuestionDraft): QuestionDraft {
  const { type, topic, stem, explanation } = draft
  const kept = draft.options
    .map((option, at) => ({ ...option, label: labelOf(at) }))
    .filter(({ text }) => text.trim() !== '')
  const options =
    type === 'judge' ? [] : kept.map(({ text, why }) => ({ text: text.trim(), why: why.trim() }))
  const key =
    type === 'judge'
      ? draft.key
      : kept.flatMap(({ label }, at) => (draft.key.includes(label) ? [labelOf(at)] : []))
  return { type, topic: topic.trim(), stem: stem.trim(), options, key, explanation: explanation.trim() }
}

/** Whether a draft is complete enough to be sent. */
export function isComplete(draft: QuestionDraft): boolean {
  const { type, topic, stem, options, key, explanation } = questionBody(draft)
  const enough = type === 'judge' || options.length >= 2
  const keyed = type === 'multiple' ? key.length >= 2 : key.length === 1
  return topic !== '' && stem.length >= LEAST_STEM && enough && keyed && explanation.length >= LEAST_STEM
}
