import { readNumeral, writeNumeral } from '../split/numeral.ts'

const NUMBER = String.raw`[零〇一二三四五六七八九十百千\d０-９]+`
const CITED = new RegExp(
  String.raw`第?\s?(${NUMBER})\s?条(?:\s?之\s?([一二三四五六七八九十\d]+))?(?:\s?(?:至|到|[-—~～])\s?第?\s?(${NUMBER})\s?条)?`,
  'g',
)
/** More articles than one source names. */
const LONGEST_RANGE = 200

/** The articles a citation names, as labels: 第14条第2款、第十六条之一 → 第十四条, 第十六条之一; ranges written out. */
export function labelsIn(citation: string): string[] {
  const labels = [...citation.matchAll(CITED)].flatMap(([, first = '', sub, last]) => {
    const from = readNumeral(first)
    const to = last === undefined ? from : readNumeral(last)
    if (!(from > 0) || !(to >= from) || to - from > LONGEST_RANGE) return []
    const suffix = sub === undefined ? '' : `之${writeNumeral(readNumeral(sub))}`
    return Array.from(
      { length: to - from + 1 },
      (_, at) => `第${writeNumeral(from + at)}条${at === 0 ? suffix : ''}`,
    )
  })
  return [...new Set(labels)]
}
