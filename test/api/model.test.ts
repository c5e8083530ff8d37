import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createModel, ModelFailure, type ModelSettings } from '#server/clients/model'
import { type Fault, type ModelServer, startModelServer } from '../support/model-server.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer({ slowMs: 400, retryAfter: 7 })
})
afterAll(() => server.stop())

const SECRET = '只有提示词里才有的话'
const messages = [
  { role: 'system' as const, content: SECRET },
  {
    role: 'user' as const,
    content: JSON.stringify({
      question: '能出租吗',
      passages: [{ number: 1, text: '可以依法出租。其他。' }],
    }),
  },
]
const modelOf = (settings: Partial<ModelSettings> = {}) =>
  createModel({ base: server.base, key: server.key, name: 'demo', ...settings })
const failureOf = (settings: Partial<ModelSettings> = {}, signal?: AbortSignal) =>
  modelOf(settings)
    .write({ messages, ...(signal && { signal }) })
    .then(
      () => undefined,
      (error: unknown) => error as ModelFailure,
    )

test('an answer comes in pieces, with the tokens the service counted', async () => {
  const pieces: string[] = []
  const { text, usage } = await modelOf().write({ messages, onPiece: piece => pieces.push(piece) })

  expect(text).toBe('“可以依法出租”[1]。')
  expect(pieces.join('')).toBe(text)
  expect(pieces.length).toBeGreaterThan(1)
  expect(usage).toEqual({
    prompt: [...messages.map(({ content }) => content).join('')].length,
    completion: 12,
    told: true,
  })
})

test('the price of a call is that of its tokens', () => {
  const model = modelOf({ price: { prompt: 2, completion: 8 } })

  expect(model.costOf({ prompt: 500_000, completion: 250_000, told: true })).toBe(3)
  expect(modelOf().costOf({ prompt: 1, completion: 1, told: true })).toBe(0)
})

const faults: [Fault, Partial<ModelSettings>, object][] = [
  ['slow', { firstMs: 100 }, { kind: 'fall-back', reason: 'timeout' }],
  ['hang', { firstMs: 100 }, { kind: 'fall-back', reason: 'timeout' }],
  ['stall', { pauseMs: 100 }, { kind: 'fall-back', reason: 'timeout' }],
  ['hang', { wholeMs: 100 }, { kind: 'fall-back', reason: 'timeout' }],
  ['cut', {}, { kind: 'fall-back', reason: 'cut' }],
  ['busy', {}, { kind: 'wait', reason: '429', seconds: 7 }],
  ['unavailable', {}, { kind: 'wait', reason: '503', seconds: 7 }],
  ['failing', {}, { kind: 'fall-back', reason: '500' }],
  ['key', {}, { kind: 'set-up', reason: '401' }],
  ['malformed', {}, { kind: 'fall-back', reason: 'cut' }],
]
describe('a failure names what to do', () => {
  test.each(faults)('%s %j', async (fault, settings, expected) => {
    server.behave({ fault })
    const failure = await failureOf(settings)
    server.behave({})

    expect(failure).toBeInstanceOf(ModelFailure)
    expect(failure).toMatchObject(expected)
    expect(JSON.stringify({ ...failure, text: failure?.message, cause: failure?.cause })).not.toMatch(
      new RegExp(`${SECRET}|${server.key}`),
    )
  })

  test('nobody listens there', async () => {
    expect(await failureOf({ base: 'http://127.0.0.1:9/v1' })).toMatchObject({
      kind: 'fall-back',
      reason: 'unreachable',
    })
  })

  test('a slow first word is waited for as long as the settings say', async () => {
    server.behave({ fault: 'slow' })
    const { text } = await modelOf({ firstMs: 5_000 }).write({ messages })
    server.behave({})

    expect(text).not.toBe('')
  })
})

test('what is stopped is given up on the other side, too', async () => {
  const stopping = new AbortController()
  const before = server.asked.length
  server.behave({ fault: 'stall' })
  const failing = failureOf({}, stopping.signal)
  while (server.asked.length === before) await new Promise(resolve => setTimeout(resolve, 5))
  stopping.abort()
  const failure = await failing
  server.behave({})
  await new Promise(resolve => setTimeout(resolve, 50))

  expect(failure).toMatchObject({ kind: 'stopped' })
  expect(server.asked.at(-1)?.abandoned).toBe(true)
})

test('what a cut answer cost is counted by its characters', async () => {
  server.behave({ fault: 'cut' })
  const failure = await failureOf()
  server.behave({})

  expect(failure?.usage.told).toBe(false)
  expect(failure?.usage.prompt).toBeGreaterThan(0)
  expect(failure?.usage.completion).toBe(6)
})

test('the stand-in embeds and ranks texts and answers in one piece', async () => {
  const ask = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' }
    const response = await fetch(`${server.base}/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return (await response.json()) as Record<string, unknown>
  }

  expect(await ask('embeddings', { model: 'demo', input: ['山林', '水'] })).toMatchObject({
    data: [{ index: 0 }, { index: 1 }],
  })
  expect(await ask('rerank', { model: 'demo', query: '山林', documents: ['水库', '山林'] })).toMatchObject({
    results: [{ index: 1, relevance_score: 1 }, { index: 0 }],
  })
  expect(await ask('chat/completions', { model: 'demo:uncited', messages })).toMatchObject({
    choices: [{ message: { content: '可以依法出租' } }],
  })
  expect(await ask('chat/completions', { model: 'demo', messages: [] })).toMatchObject({
    error: { code: 'invalid_request_error' },
  })
})
