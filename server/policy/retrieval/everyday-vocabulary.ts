/** Words people use and the terms that laws have for them. */
export const EVERYDAY_WORDS: readonly (readonly [word: string, terms: readonly string[]])[] = []
