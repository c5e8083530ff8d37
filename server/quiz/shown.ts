import type { Question, Solution } from '#shared/question'
import type { BankQuestion } from '../question/service.ts'

/** What may be seen before it is answered. */
export const questionShown = ({ id, type, topic, stem, options, key }: BankQuestion): Question => ({
  id,
  type,
  topic,
  stem,
  options: options.map(({ label, text }) => ({ label, text })),
  blanks: type === 'blank' ? key.length : 0,
})

/** What may be seen once it was answered. */
export const solutionShown = ({ key, explanation, options, sources }: BankQuestion): Solution => ({
  key,
  explanation,
  reasons: options.filter(({ why }) => why !== '').map(({ label, why }) => ({ label, text: why })),
  sources,
})
