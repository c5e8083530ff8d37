import { articleCode, readNumeral } from './article-number.ts'
import { BETWEEN_MARKS, CITED_ARTICLE, RULE_NAME_END } from './citation-vocabulary.ts'
import { type NameIndex, type Place, plainName } from './name-index.ts'

/** A law that a question names, with the article where it names one. */
export interface Citation {
  /** The name as it is compared. */
  name: string
  /** The documents of that name. */
  places: readonly Place[]
  /** The code of the article, 0 where the law alone is named. */
  code: number
  /** 第几款 and 第几项, 0 where not named. */
  paragraph: number
  item: number
}

/** More names and numbers than a person means. */
const MOST_CITATIONS = 12

/** What a question cites of the documents that are there, in order. */
export function citationsIn(question: string, names: NameIndex): Citation[] {
  const text = plainName(question)
  const citations: Citation[] = []
  for (let at = 0; at < text.length && citations.length < MOST_CITATIONS;) {
    const name = names.at(text, at)
    if (name === '') {
      at++
      continue
    }
    at += name.length
    const articles = articlesAt(text, at)
    at = articles.end
    const places = names.placesOf(name)
    if (articles.found.length === 0) citations.push({ name, places, code: 0, paragraph: 0, item: 0 })
    for (const article of articles.found) citations.push({ name, places, ...article })
  }
  return citations
}

/** Names of rules between book marks that no document has. */
export function absentNames(question: string, names: NameIndex): string[] {
  const absent = [...question.matchAll(BETWEEN_MARKS)]
    .map(([, name = '']) => name)
    .filter(name => RULE_NAME_END.test(name) && names.at(plainName(name), 0) !== plainName(name))
  return [...new Set(absent)]
}

/** The articles listed at a place: 第七条、第九条第一款. */
function articlesAt(text: string, from: number) {
  const found: Omit<Citation, 'name' | 'places'>[] = []
  let end = from
  for (let match = CITED_ARTICLE.exec(text.slice(end)); match; match = CITED_ARTICLE.exec(text.slice(end))) {
    const [whole, article = '', insertion, paragraph, item] = match
    const [number, ...rest] = [article, insertion, paragraph, item].map(one =>
      one === undefined ? 0 : readNumeral(one),
    )
    if (number === undefined || [number, ...rest].some(Number.isNaN)) break
    const [after = 0, part = 0, point = 0] = rest
    found.push({ code: articleCode(number, after), paragraph: part, item: point })
    end += whole.length
  }
  return { found, end }
}
