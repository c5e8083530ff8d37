/** One article or passage of a document as it is given to the index. */
export interface PolicyArticle {
  key: string
  /** Its number as the document writes it, 第十七条之一; empty for a passage without one. */
  label: string
  /** Part, chapter and section it stands in. */
  heading: string
  text: string
}

/** A document to be indexed: one version of one law, regulation or notice. */
export interface PolicyDocument {
  key: string
  name: string
  /** Short names and former names. */
  otherNames: string[]
  /** Days from which and before which it is in force; null where unknown or without end. */
  from: string | null
  until: string | null
  /** Added to the score of each article: for level and region; 0 changes nothing. */
  weight: number
  articles: PolicyArticle[]
}

/** What the index keeps of a document. Texts stay where they are stored. */
export interface Entry {
  key: string
  name: string
  otherNames: string[]
  from: string | null
  until: string | null
  weight: number
  keys: string[]
  /** Codes of the article numbers, 0 for none. */
  codes: number[]
  /** Headings in order, each with the number of articles under it. */
  headings: [heading: string, articles: number][]
}

/** What is kept of a document; `codeOf` reads an article's number. */
export function entryOf(document: PolicyDocument, codeOf: (label: string) => number): Entry {
  const { articles, ...rest } = document
  const headings: Entry['headings'] = []
  for (const { heading } of articles) {
    const open = headings.at(-1)
    if (open && open[0] === heading) open[1]++
    else headings.push([heading, 1])
  }
  return {
    ...rest,
    keys: articles.map(({ key }) => key),
    codes: articles.map(({ label }) => codeOf(label)),
    headings,
  }
}
