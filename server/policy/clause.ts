import type { Clause } from '#shared/policy'
import { levelWords, standingWords } from './answer/wording.ts'
import type { CitedArticle } from './citation-service.ts'

/** An article as pages show it: with how it stands, its level and its region in words. */
export const clauseOf = (cited: CitedArticle): Clause => ({
  id: cited.id,
  title: cited.title,
  label: cited.label,
  path: cited.path,
  text: cited.text,
  columns: cited.columns,
  day: cited.day,
  standing: cited.standing,
  status: standingWords(cited),
  level: levelWords(cited),
})
