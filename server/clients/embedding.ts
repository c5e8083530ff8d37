import * as z from 'zod'

/** Turns texts into vectors, one of each, in their order. */
export interface Embedder {
  /** Vectors of different models cannot be compared. */
  model: string
  embed: (texts: readonly string[], signal?: AbortSignal) => Promise<Float32Array[]>
}

export interface EmbeddingSettings {
  /** An OpenAI-compatible address, up to and without `/embeddings`. */
  base: string
  key: string
  model: string
}

/** Texts of one request; more are sent one after another. */
const BATCH = 32
const TIMEOUT_MS = 30_000

const Reply = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })),
})

/** A client of an `/embeddings` endpoint. Fails on any reply that does not have one vector for each text. */
export function createEmbedder({ base, key, model }: EmbeddingSettings): Embedder {
  const one = async (input: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(`${base}/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ model, input, encoding_format: 'float' }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    if (!response.ok) throw new Error(`embeddings answered ${response.status}`)
    const { data } = Reply.parse(await response.json())
    const vectors = new Map(data.map(({ index, embedding }) => [index, Float32Array.from(embedding)]))
    return input.map((_, i) => {
      const vector = vectors.get(i)
      if (!vector) throw new Error('embeddings left a text out')
      return vector
    })
  }
  return {
    model,
    embed: async (texts, signal) => {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += BATCH)
        vectors.push(...(await one(texts.slice(at, at + BATCH), signal)))
      return vectors
    },
  }
}
