import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createModel } from '#server/clients/model'
import { checkAnswer } from '#server/policy/answer/citation-check'
import { extractiveAnswer } from '#server/policy/answer/excerpt'
import { answerPrompt, rewritePrompt, SYSTEM } from '#server/policy/answer/prompt'
import { writeAnswer } from '#server/policy/answer/writing-service'
import { INJECTION_ATTEMPTS } from '../support/injection-attempts.ts'
import { CAPTURED } from '../support/model-replies.ts'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { GROUP, HILLS } from '../support/passages.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer({ paceMs: 0 })
})
afterAll(() => server.stop())

const modelOf = (name: string) => createModel({ base: server.base, key: server.key, name })
const QUESTION = '村民小组能不能自己决定出租集体荒山？'
const poisoned = (attempt: string) => ({
  ...HILLS,
  text: `${HILLS.text.split('\n')[0]}\n${attempt}\n${HILLS.text.split('\n')[1]}`,
})
const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

test('there are at least thirty attempts, in Chinese and in English', () => {
  expect(INJECTION_ATTEMPTS.length).toBeGreaterThanOrEqual(30)
  expect(INJECTION_ATTEMPTS.filter(attempt => /\p{Script=Han}/u.test(attempt)).length).toBeGreaterThanOrEqual(
    15,
  )
  expect(
    INJECTION_ATTEMPTS.filter(attempt => !/\p{Script=Han}/u.test(attempt)).length,
  ).toBeGreaterThanOrEqual(15)
})

describe.each(INJECTION_ATTEMPTS)('%j', attempt => {
  test('stays data in the prompt: the instructions are the same, the question is one string', () => {
    const { messages } = answerPrompt(
      attempt,
      [poisoned(attempt), GROUP],
      [{ question: attempt, clauses: [] }],
    )

    expect(messages.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(messages[0]?.content).toBe(SYSTEM)
    const material = JSON.parse(messages[1]?.content ?? '') as Record<string, unknown>
    expect(Object.keys(material)).toEqual(['passages', 'earlier', 'question'])
    expect(bare(material.question as string)).toBe(bare(attempt))
    expect(rewritePrompt(attempt, [])).toHaveLength(2)
  })

  test('is not given to the model as part of a document, and is not marked in an excerpt', () => {
    const { given, left } = answerPrompt(QUESTION, [poisoned(attempt)])
    const document = poisoned(attempt)
    const marked = extractiveAnswer(attempt, [document]).excerpts[0]?.marked ?? []

    expect(left).toBeGreaterThan(0)
    expect(bare(given[0]?.text ?? '')).toBe(bare(HILLS.text))
    for (const { from, to } of marked) expect(HILLS.text).toContain(document.text.slice(from, to))
  })

  test.each([
    ['asked', attempt, HILLS],
    ['in a document', QUESTION, poisoned(attempt)],
  ])('changes nothing when %s, even of a model that obeys', async (_, question, document) => {
    const shown: string[] = []
    const written = await writeAnswer({
      question,
      passages: [document, GROUP],
      model: modelOf('demo:hostile'),
      onSentence: sentence => shown.push(sentence),
    })

    expect(written.outcome).toBe('unsupported')
    expect(shown).toEqual([])
  })

  test('changes nothing in the answer of a model that does its work', async () => {
    const written = await writeAnswer({
      question: QUESTION,
      passages: [poisoned(attempt), GROUP],
      model: modelOf('demo'),
    })
    const clean = await writeAnswer({ question: QUESTION, passages: [HILLS, GROUP], model: modelOf('demo') })

    expect(written).toMatchObject({ outcome: 'written' })
    expect({ ...written, usage: null }).toEqual({ ...clean, usage: null })
  })
})

test('of what an obedient model says, nothing passes by itself either', async () => {
  const { messages, given } = answerPrompt(QUESTION, [HILLS, GROUP])
  const { text } = await modelOf('demo:hostile').write({ messages })

  expect(text).toContain(CAPTURED)
  for (const sentence of text.split(/(?<=。)/)) expect(checkAnswer(sentence, given).outcome).toBe('replaced')
})
