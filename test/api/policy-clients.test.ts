import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createEmbedder } from '#server/clients/embedding'
import { createReranker } from '#server/clients/rerank'

let server: Server
let base: string
const sizes: number[] = []

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
}

/** Answers as such endpoints do: vectors out of order, scores of some texts only, 429 and left-out texts on demand. */
beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then(body => {
      const input = (body.input ?? body.documents) as string[]
      sizes.push(input.length)
      if (body.model === 'busy' || request.headers.authorization !== 'Bearer secret')
        response.statusCode = 429
      const data = input.map((text, index) => ({ index, embedding: [text.length, 1] })).reverse()
      const results = [
        { index: 2, relevance_score: 0.9 },
        { index: 0, relevance_score: 0.2 },
        { index: 99, relevance_score: 1 },
      ]
      response.end(JSON.stringify({ data: body.model === 'forgetful' ? data.slice(1) : data, results }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
})
afterAll(() => new Promise(resolve => server.close(resolve)))

test('texts become vectors in their order, a few dozen a request', async () => {
  const { embed } = createEmbedder({ base, key: 'secret', model: 'm' })
  const vectors = await embed(Array.from({ length: 70 }, (_, i) => '字'.repeat(i + 1)))
  expect(vectors.map(vector => vector[0])).toEqual(Array.from({ length: 70 }, (_, i) => i + 1))
  expect(sizes.splice(0)).toEqual([32, 32, 6])
})
test('an endpoint that is busy or leaves a text out fails', async () => {
  const embedder = (model: string) => createEmbedder({ base, key: 'secret', model })
  await expect(embedder('busy').embed(['a'])).rejects.toThrow('429')
  await expect(embedder('forgetful').embed(['a', 'b'])).rejects.toThrow('left a text out')
})
test('texts are put in order; what is not judged stays behind, what does not exist is dropped', async () => {
  const { order } = createReranker({ base, key: 'secret', model: 'm' })
  expect(await order('问', ['a', 'b', 'c', 'd'])).toEqual([2, 0, 1, 3])
  await expect(createReranker({ base, key: 'wrong', model: 'm' }).order('问', ['a'])).rejects.toThrow('429')
})
