import type { Answer } from '#shared/policy'

/** A refusal, unless told otherwise. */
export const anAnswer = (rest: Partial<Answer> = {}): Answer => ({
  ...{ id: '0'.repeat(24), question: '问题', understood: '', asOf: '', writing: false, by: null },
  ...{ label: '', copyLine: '', lines: ['没有找到依据。'], notice: '', clauses: [], refused: true },
  checklist: false,
  ...rest,
})
