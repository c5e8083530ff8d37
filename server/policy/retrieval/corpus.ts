import type { PolicyDocument } from './catalogue.ts'
import { ARTICLE_AT_END, PART_OF_LAW, VERSION_IN_NAME } from './citation-vocabulary.ts'

/** One article of a corpus file. */
export interface CorpusLine {
  /** 劳动合同法第七条, or the path of a file and its article: 社会法/劳动合同法(2012-12-28).md#第七条. */
  name: string
  content: string
  /** Part, chapter and section, where known. */
  heading?: string | undefined
}

/** Articles of a corpus as documents, one of each law, in the order of the file. */
export function documentsOf(lines: Iterable<CorpusLine>): PolicyDocument[] {
  const documents = new Map<string, PolicyDocument>()
  for (const { name, content, heading = '' } of lines) {
    const { law, label } = lawAndLabel(name)
    const document = documents.get(law) ?? { ...namesOfLaw(law), ...UNKNOWN, key: law, articles: [] }
    documents.set(law, document)
    document.articles.push({ key: name, label, heading, text: content })
  }
  return [...documents.values()]
}

const UNKNOWN = { from: null, until: null, weight: 0 }

/** The law that an article's name begins with, and its number; all of it where no number ends it. */
export function lawAndLabel(name: string): { law: string; label: string } {
  const mark = name.lastIndexOf('#')
  if (mark > 0) return { law: name.slice(0, mark), label: name.slice(mark + 1) }
  const label = ARTICLE_AT_END.exec(name)?.[0] ?? ''
  return { law: name.slice(0, name.length - label.length), label }
}

/** A path tells the name by its file, and by its folder where the file is a part of a law. */
function namesOfLaw(law: string): { name: string; otherNames: string[] } {
  const [file = '', folder = ''] = law.split('/').reverse()
  const name = file.replace(/\.\w{1,4}$/, '').replace(VERSION_IN_NAME, '')
  if (PART_OF_LAW.test(name) && folder !== '') return { name: folder + name, otherNames: [folder] }
  return { name: file === law ? law : name, otherNames: [] }
}
