/** Who an answer is by: a model, the documents themselves, or a person who reviewed it. */
export type Authorship = 'model' | 'excerpt' | 'reviewed'

/** What an answer was made of. */
export interface AnswerSource {
  /** A person approved these very words, and the clauses they rest on still stand. */
  reviewed: boolean
  /** Sentences of a model that passed the check. */
  modelSentences: number
}

/** The one label an answer bears. Words that a person approved are the person's, whoever drafted them. */
export function authorshipOf({ reviewed, modelSentences }: AnswerSource): Authorship {
  if (reviewed) return 'reviewed'
  return modelSentences > 0 ? 'model' : 'excerpt'
}
