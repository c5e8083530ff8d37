/** How the version a clause is from stands on the day that was asked about. */
export type PassageStanding = 'not-yet' | 'in-force' | 'superseded' | 'repealed'

/** A clause that an answer may rest on. In a list its number is its place from 1: what [1] in an answer means. */
export interface Passage {
  id: string
  /** The law or document, without book marks. */
  title: string
  /** 第五十二条; '' for a text without articles. */
  label: string
  /** The headings above it. */
  path: readonly string[]
  text: string
  standing: PassageStanding
  /** Only then 现行有效 may be said. */
  confirmed: boolean
  /** 收录截至 */
  collectedOn: string | null
}

/** All that a sentence may quote of a clause: its words, its name and the headings above it. */
export const wordsOf = ({ title, label, path, text }: Passage): string =>
  [title, label, ...path, text].join('\n')
