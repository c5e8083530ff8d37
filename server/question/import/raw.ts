import type { StatedType } from './vocabulary.ts'

/** An option as the file has it; `right` where the file marks it, null where it says nothing. */
export interface RawOption {
  label: string
  text: string
  right: boolean | null
}

/** One answer of the file: words, or a place in the list of options. */
export type RawAnswer = string | number | boolean

/** A question as found, before anything is decided about it. */
export interface RawQuestion {
  /** Where it stands in the file: sheet and row, line or path. */
  place: string
  /** The type the file states for it, '' when none; kept in the file's words for the report. */
  typeText: string
  type: StatedType | null
  stem: string
  options: RawOption[]
  answers: RawAnswer[]
  /** Two answer lines stand under it: most likely the start of another question was not seen. */
  answeredTwice: boolean
  /** Whether the answers came as a list, so that one of them is never several. */
  listed: boolean
  /** Wrong options a file keeps apart from the right one. */
  distractors: string[]
  explanation: string
  topic: string
  difficulty: string
  laws: string[]
  /** The file's own number for it, '' when it has none. */
  number: string
  /** Other text of the row, read for classification marks only. */
  margin: string
}

/** A question with nothing found yet. */
export const emptyQuestion = (place: string): RawQuestion => ({
  place,
  typeText: '',
  type: null,
  stem: '',
  options: [],
  answers: [],
  answeredTwice: false,
  listed: false,
  distractors: [],
  explanation: '',
  topic: '',
  difficulty: '',
  laws: [],
  number: '',
  margin: '',
})
