import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createModel, type Model, type ModelSettings } from '#server/clients/model'
import { NO_EVIDENCE } from '#server/policy/answer/prompt'
import { writeAnswer } from '#server/policy/answer/writing-service'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { GROUP, HILLS } from '../support/passages.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer({ retryAfter: 3 })
})
afterAll(() => server.stop())

const QUESTION = '村民小组能不能自己决定出租集体荒山？'
const writing = (name: string, settings: Partial<ModelSettings> = {}) => {
  const shown: string[] = []
  const model = createModel({ base: server.base, key: server.key, name, ...settings })
  const onSentence = (sentence: string) => void shown.push(sentence)
  return writeAnswer({ question: QUESTION, passages: [HILLS, GROUP], model, onSentence }).then(written => ({
    written,
    shown,
  }))
}
const saying = (text: string): Pick<Model, 'write'> => ({
  write: ({ onPiece }) => {
    for (const letter of text) onPiece?.(letter)
    return Promise.resolve({ text, usage: { prompt: 0, completion: 0, told: true } })
  },
})

test('an answer that rests on its clauses is handed on sentence by sentence', async () => {
  const { written, shown } = await writing('demo')

  expect(written).toMatchObject({ outcome: 'written', cites: [1, 2], dropped: 0 })
  expect(shown).toHaveLength(2)
  expect(written).toMatchObject({ text: shown.join('') })
})

describe('nothing is shown of an answer that does not', () => {
  test.each(['wrong-citation', 'wrong-words', 'uncited', 'hostile', 'empty'])('%s', async manner => {
    const { written, shown } = await writing(`demo:${manner}`)

    expect(written.outcome).toBe('unsupported')
    expect(shown).toEqual([])
  })
})

describe('a service that fails leaves the excerpts', () => {
  test.each([
    ['busy', {}, { kind: 'wait', seconds: 3 }],
    ['failing', {}, { kind: 'fall-back' }],
    ['hang', { firstMs: 100 }, { kind: 'fall-back' }],
    ['key', {}, { kind: 'set-up' }],
    ['cut', {}, { kind: 'fall-back' }],
  ])('%s', async (fault, settings, failure) => {
    expect((await writing(`demo:${fault}`, settings)).written).toMatchObject({ outcome: 'failed', failure })
  })
})

test('a model that finds nothing in the clauses says so', async () => {
  const model = saying(`${NO_EVIDENCE}。`)

  expect((await writeAnswer({ question: QUESTION, passages: [HILLS], model })).outcome).toBe('no-evidence')
})

test('a sentence that fails later is left out, the others stay', async () => {
  const shown: string[] = []
  const written = await writeAnswer({
    question: QUESTION,
    passages: [HILLS],
    model: saying('要报乡（镇）人民政府批准[1]。费用是500元[1]。要经村民会议同意[1]。'),
    onSentence: sentence => shown.push(sentence),
  })

  expect(written).toMatchObject({ outcome: 'written', dropped: 1, text: shown.join('') })
  expect(shown).toEqual(['要报乡（镇）人民政府批准[1]。', '要经村民会议同意[1]。'])
})

test('a stopped answer keeps what was shown', async () => {
  const stopping = new AbortController()
  const shown: string[] = []
  const written = await writeAnswer({
    question: QUESTION,
    passages: [HILLS, GROUP],
    model: createModel({ base: server.base, key: server.key, name: 'demo' }),
    signal: stopping.signal,
    onSentence: sentence => {
      shown.push(sentence)
      stopping.abort()
    },
  })

  expect(written).toMatchObject({ outcome: 'stopped', text: shown.join('') })
})
