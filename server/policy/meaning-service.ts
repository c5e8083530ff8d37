import { Types } from 'mongoose'
import { isDuplicate } from '../base/mongo.ts'
import type { Log } from '../base/log.ts'
import type { Embedder } from '../clients/embedding.ts'
import type { PolicyIndex } from './index-service.ts'
import { PolicyArticle, PolicyDocument, PolicyVector } from './model.ts'
import { packed } from './retrieval/packed.ts'

/** Articles whose vectors are asked for at once. */
const LOT = 64
/** Characters of an article that its vector tells of. */
const LONGEST = 1_000

export interface Meaning {
  embedder: Embedder
  log: Log
  /** Versions whose vectors the index has. */
  kept: Set<string>
  signal: AbortSignal
}

/**
 * Gives the index the vectors of these versions' articles: stored ones, and new ones from the embedding endpoint,
 * which are stored as they come. When the endpoint fails the rest waits for the next time.
 */
export async function keepVectorsOf(index: PolicyIndex, versions: string[], meaning: Meaning): Promise<void> {
  for (const version of versions) {
    if (meaning.signal.aborted) return
    if (meaning.kept.has(version)) continue
    await keepVersion(index, version, meaning)
    meaning.kept.add(version)
  }
}

async function keepVersion(index: PolicyIndex, version: string, meaning: Meaning): Promise<void> {
  const { model } = meaning.embedder
  const stored = await PolicyVector.find({ version, model }).lean()
  const vectors = stored.map(
    ({ article, bytes }) => [article.toString(), floatsOf(bytes)] as [string, Float32Array],
  )
  if (vectors.length > 0) await index.keepVectors(vectors)
  const known = new Set(vectors.map(([key]) => key))
  const articles = await PolicyArticle.find({ version }).sort({ order: 1 }).lean()
  const missing = articles.filter(({ _id }) => !known.has(_id.toString()))
  const title = missing[0] ? (await PolicyDocument.findById(missing[0].document).lean())?.title : undefined
  for (let at = 0; at < missing.length && !meaning.signal.aborted; at += LOT) {
    const lot = missing.slice(at, at + LOT).map(({ _id, label, path, text }) => ({
      article: _id,
      text: [`${title ?? ''}${label}`, ...path, text].join('\n').slice(0, LONGEST),
    }))
    await index.keepVectors(await embedded(lot, version, meaning))
  }
}

async function embedded(
  lot: { article: Types.ObjectId; text: string }[],
  version: string,
  { embedder, signal }: Meaning,
): Promise<[string, Float32Array][]> {
  const vectors = await embedder.embed(
    lot.map(({ text }) => text),
    signal,
  )
  const rows = lot.map(({ article }, i) => ({
    article,
    version: new Types.ObjectId(version),
    model: embedder.model,
    bytes: Buffer.from(packed(vectors[i] ?? []).bytes.buffer),
  }))
  await PolicyVector.insertMany(rows, { ordered: false }).catch((error: unknown) => {
    // Another process asked for the same ones at the same time.
    if (!isDuplicate(error, ['version', 'model', 'article'])) throw error
  })
  return lot.map(({ article }, i) => [article.toString(), vectors[i] ?? new Float32Array()])
}

/** Only the direction of a vector counts, so its bytes are as good as its numbers. */
const floatsOf = (bytes: { buffer: ArrayBufferLike | Uint8Array }): Float32Array => {
  const raw = bytes instanceof Uint8Array ? bytes : (bytes.buffer as Uint8Array)
  return Float32Array.from(new Int8Array(raw.buffer, raw.byteOffset, raw.byteLength))
}
