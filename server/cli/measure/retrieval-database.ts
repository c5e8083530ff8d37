import { liveVersions, publishedReviewed, sourcePathsOf, versionsOf } from '../../policy/service.ts'
import type { PolicyDocument } from '../../policy/retrieval/catalogue.ts'
import type { KnownQuestion } from '../../policy/retrieval/learning.ts'

/** The stored documents as the corpus of an evaluation. */
export interface DatabaseCorpus {
  documents: PolicyDocument[]
  /** The key of an article in this corpus by its id. */
  keyOf: Map<string, string>
}

/**
 * Every live version with its articles, each under the path it was imported from and its label (法律/某法.md#第七条), as
 * a corpus of files has them. Where a label stands twice, as in an annex, the later ones bear their place too.
 */
export async function databaseCorpus(): Promise<DatabaseCorpus> {
  const ids = await liveVersions()
  const paths = await sourcePathsOf(ids)
  const documents: PolicyDocument[] = []
  const keyOf = new Map<string, string>()
  const taken = new Set<string>()
  for await (const version of versionsOf(ids)) {
    const path = paths.get(version.key) ?? version.name
    const articles = version.articles.map(({ key, label, heading, text }, at) => {
      const plain = `${path}#${label}`
      const name = taken.has(plain) ? `${plain}~${at + 1}` : plain
      taken.add(name)
      keyOf.set(key, name)
      return { key: name, label, heading, text }
    })
    const { name, otherNames, from, until } = version
    documents.push({ key: version.key, name, otherNames, from, until, weight: 0, articles })
  }
  return { documents, keyOf }
}

/** The answers persons gave as questions with what should be found: their clauses. */
export async function reviewedQuestions({ keyOf }: DatabaseCorpus): Promise<KnownQuestion[]> {
  const reviewed = await publishedReviewed()
  return reviewed.map(({ question, clauses }) => ({
    question,
    gold: clauses.map(clause => keyOf.get(clause) ?? clause),
  }))
}
