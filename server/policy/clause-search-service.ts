import type { Day } from '#shared/day'
import { labelsIn } from './metadata/cited-label.ts'
import { plainTitle } from './metadata/title.ts'
import { articlesLabelled, lookUp } from './lookup-service.ts'

/** Finds articles by words: ids, the best first. */
export type ClauseSearch = (text: string, day: Day) => Promise<string[]>

const MOST = 20
/** The number of the first article and all behind it. */
const FROM_NUMBER = /第?\s?[零〇一二三四五六七八九十百千\d０-９]+\s?条.*$/

/** The articles an editor means: those cited by name and number as they stand on a day, else those found by words. */
export async function clausesMeant(text: string, day: Day, search: ClauseSearch): Promise<string[]> {
  const labels = labelsIn(text)
  const name = plainTitle(text.replace(FROM_NUMBER, ''))
  const documents = labels.length === 0 || name === '' ? [] : await lookUp(name, day)
  const versions = documents.flatMap(document =>
    document.versions.flatMap(version => (version.standing === 'in-force' ? version.versions : [])),
  )
  const cited = await Promise.all(labels.map(label => articlesLabelled(versions, label)))
  const found = cited.flat()
  return (found.length > 0 ? found : await search(text, day)).slice(0, MOST)
}
