import { readFile, stat } from 'node:fs/promises'
import * as z from 'zod'
import { documentsOf } from '../../policy/retrieval/corpus.ts'
import type { PolicyDocument } from '../../policy/retrieval/catalogue.ts'
import { type KnownArticle, type KnownQuestion } from '../../policy/retrieval/learning.ts'
import { plainName } from '../../policy/retrieval/name-index.ts'
import { type Call, textOf, WrongCall } from '../command.ts'
import { databaseCorpus, reviewedQuestions } from './retrieval-database.ts'
import { documentsInFolder } from './policy-folder.ts'
import { wording as common } from '../wording.ts'
import { wording } from './wording.ts'

const Line = z.object({ name: z.string().min(1), content: z.string(), heading: z.string().optional() })
const Question = z.object({
  question: z.string().min(1),
  gold: z.union([z.string(), z.array(z.string()).min(1)]).transform(gold => [gold].flat()),
})

/** The corpus of an evaluation and its questions. */
export interface RetrievalFiles {
  documents: PolicyDocument[]
  questions: KnownQuestion[]
  /** Articles that questions name and the corpus does not have. */
  unknown: number
}

/** Reads `--corpus`, a file of articles or a folder of policy files, and `--queries`. */
export async function readRetrievalFiles(call: Call): Promise<RetrievalFiles> {
  const [corpus, queries] = [textOf(call.options.corpus), textOf(call.options.queries)]
  if (corpus === undefined || queries === undefined) throw new WrongCall(wording.retrieval.filesWanted)
  if (corpus !== DATABASE) return counted(await readCorpus(call), await readRows(queries, Question))
  const stored = await databaseCorpus()
  if (queries !== REVIEWED) return counted(stored.documents, await readRows(queries, Question))
  const questions = await reviewedQuestions(stored)
  if (questions.length === 0) throw new WrongCall(wording.retrieval.noneReviewed)
  return counted(stored.documents, questions)
}

/** In place of a file: the stored documents, and the answers that persons gave. */
const DATABASE = 'db'
const REVIEWED = 'reviewed'

/** Whether the corpus of a call is that of the database. */
export const fromDatabase = ({ options }: Call): boolean => textOf(options.corpus) === DATABASE

/** Reads `--corpus` alone, a file or a folder. */
export async function readCorpus({ options, terminal }: Call): Promise<PolicyDocument[]> {
  const corpus = textOf(options.corpus)
  if (corpus === undefined) throw new WrongCall(wording.retrieval.filesWanted)
  const isFolder = await stat(corpus).then(
    entry => entry.isDirectory(),
    () => false,
  )
  return isFolder ? documentsInFolder(corpus, terminal.progress) : documentsOf(await readRows(corpus, Line))
}

function counted(documents: PolicyDocument[], questions: KnownQuestion[]): RetrievalFiles {
  const keys = new Set(documents.flatMap(({ articles }) => articles.map(({ key }) => key)))
  const unknown = questions.reduce((sum, { gold }) => sum + gold.filter(key => !keys.has(key)).length, 0)
  return { documents, questions, unknown }
}

/** Articles by key, with the plain names of their laws. */
export function knownArticles(documents: readonly PolicyDocument[]): Map<string, KnownArticle> {
  const known = new Map<string, KnownArticle>()
  for (const { name, articles } of documents) {
    const law = plainName(name)
    for (const { key, text } of articles) known.set(key, { law, text })
  }
  return known
}

/** The rows of a file: a JSON list, or one JSON object a line. */
async function readRows<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongCall(common.noFile(file))
  })
  const parse = (json: string, row: number): unknown => {
    try {
      return JSON.parse(json)
    } catch {
      throw new WrongCall(wording.retrieval.badRow(file, row))
    }
  }
  const rows = text.trimStart().startsWith('[')
    ? z.array(z.unknown()).parse(parse(text, 1))
    : text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [parse(line, i + 1)]))
  return rows.map((row, i) => {
    const parsed = schema.safeParse(row)
    if (!parsed.success) throw new WrongCall(wording.retrieval.badRow(file, i + 1))
    return parsed.data
  })
}
