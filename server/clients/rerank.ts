import * as z from 'zod'

/** Puts texts in order by how well each answers a question. */
export interface Reranker {
  /** Places of the texts, the best first; a text the model does not judge keeps its order behind them. */
  order: (question: string, texts: readonly string[], signal?: AbortSignal) => Promise<number[]>
}

export interface RerankSettings {
  /** The address up to and without `/rerank`, as Jina, Cohere, vLLM and others have it. */
  base: string
  key: string
  model: string
}

const TIMEOUT_MS = 10_000

const Reply = z.object({
  results: z.array(z.object({ index: z.number().int().nonnegative(), relevance_score: z.number() })),
})

/** A client of a `/rerank` endpoint. */
export function createReranker({ base, key, model }: RerankSettings): Reranker {
  return {
    order: async (question, texts, signal) => {
      const timeout = AbortSignal.timeout(TIMEOUT_MS)
      const response = await fetch(`${base}/rerank`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ model, query: question, documents: texts, top_n: texts.length }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
      if (!response.ok) throw new Error(`rerank answered ${response.status}`)
      const { results } = Reply.parse(await response.json())
      const judged = results
        .filter(({ index }) => index < texts.length)
        .sort((a, b) => b.relevance_score - a.relevance_score)
        .map(({ index }) => index)
      return [...new Set([...judged, ...texts.keys()])]
    },
  }
}
