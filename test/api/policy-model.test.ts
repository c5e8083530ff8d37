import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { setTimeout as pause } from 'node:timers/promises'
import { Types } from 'mongoose'
import * as z from 'zod'
import { createModel } from '#server/clients/model'
import { ModelUsage, PolicyAnswer } from '#server/policy/model'
import type { Assistant } from '#server/policy/service'
import { countUsage, takeAnswer } from '#server/policy/usage-service'
import { PolicyWord } from '#server/policy/word-model'
import type { AnswerEvent } from '#shared/policy'
import { type SignedIn, startApp } from '../support/app.ts'
import { bodies, conversation, say } from '../support/chat.ts'
import { CAPTURED, ChatMessage, tokensOf } from '../support/model-replies.ts'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { samplePolicies } from '../support/policies.ts'

const SIX = '《示例县农村集体资源出租管理办法（示例）》第六条怎么规定？'
const price = { prompt: 2, completion: 8 }
let server: ModelServer
const limits = { cadre: 100, county: 1_000, countyCost: null as number | null }
const settings = (): Partial<Assistant> => ({
  model: createModel({
    ...{ base: server.base, key: server.key, name: '示范模型', price },
    ...{ firstMs: 1_000, pauseMs: 1_000, wholeMs: 5_000 },
  }),
  limits,
})

beforeAll(async () => {
  server = await startModelServer({ retryAfter: 2, paceMs: 5, slowMs: 400 })
})
afterAll(() => server.stop())
const app = startApp({ at: '2026-11-28T09:00:00+08:00', assistant: settings })
beforeAll(() => samplePolicies(app.now))
beforeEach(() => server.behave({}))

const ask = async (client: SignedIn, question = SIX, id?: string) => {
  const { messages } = await say(client, question, id)
  const answer = bodies(messages, 'answer').at(-1)
  if (!answer) throw new Error('no answer')
  return answer
}
const followed = (client: SignedIn, id: string) =>
  client.events('GET /policy/answers/:id/follow', { params: { id } })
const Prompt = z.object({ messages: z.array(ChatMessage) })
/** What the stand-in counts for a prompt. */
const promptLength = (body: unknown): number =>
  Prompt.parse(body).messages.reduce((sum, { content }) => sum + tokensOf(content), 0)
const doneOf = (events: AnswerEvent[]) => {
  const last = events.at(-1)
  if (last?.type !== 'answer') throw new Error(`not done: ${JSON.stringify(last)}`)
  return last.answer
}

describe('an answer that a model writes', () => {
  test('begins with its clauses, grows sentence by sentence, and is marked in the end', async () => {
    const client = await app.as('问模型的')
    const begun = await ask(client)
    expect(begun).toMatchObject({ writing: true, by: null, label: '', lines: [] })
    expect(begun.clauses.map(({ label }) => label)).toEqual(['第六条'])

    const events = await followed(client, begun.id)
    const done = doneOf(events)
    expect(done).toMatchObject({
      writing: false,
      by: 'model',
      label: 'AI生成',
      copyLine: '（本内容由AI生成）',
    })
    expect(done.lines.join('')).toMatch(/^“出租村民小组.*\[1\]。$/)
    const grown = events.flatMap(event => (event.type === 'written' ? [event.text] : []))
    for (const [at, text] of grown.entries()) expect(text.startsWith(grown[at - 1] ?? '')).toBe(true)
  })

  test('stands in the conversation as it was written in the end, and never changes again', async () => {
    const client = await app.as('看记录的')
    const begun = await ask(client)
    const done = doneOf(await followed(client, begun.id))

    const told = bodies(await conversation(client), 'answer')
    expect(told).toEqual([{ type: 'answer', ...done }])
    expect(bodies(await conversation(client), 'answer')).toEqual(told)
  })

  test('goes on when nobody listens', async () => {
    const client = await app.as('掉线的')
    const { id } = await ask(client)
    await until(async () => (await PolicyAnswer.findById(id).lean())?.writing === false)
    expect(doneOf(await followed(client, id)).by).toBe('model')
  })

  test('is exported with its label and metadata', async () => {
    const client = await app.as('导出的')
    await followed(client, (await ask(client)).id)
    const { text } = await client.call('GET /policy/export')
    expect(text).toMatch(/^---\nAIGC: \{"Label":"1"/)
    expect(text).toContain('AI生成')
    expect(text).toContain('（本内容由AI生成）')
  })

  test('is stopped by whoever asked, with what was written so far', async () => {
    server.behave({ fault: 'stall' })
    const client = await app.as('喊停的')
    const { id } = await ask(client)
    await client.call('POST /policy/answers/:id/stop', { params: { id } })
    const done = doneOf(await followed(client, id))
    expect(done.writing).toBe(false)
    expect(done.notice).toContain('已停止')
    expect(done.clauses.length).toBeGreaterThan(0)
  })
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return
    await pause(25)
  }
  throw new Error('it never held')
}

describe('a model that fails leaves the clauses, with a remark', () => {
  test.each(['failing', 'malformed', 'cut', 'stall', 'hang', 'key'] as const)('%s', async fault => {
    server.behave({ fault })
    const client = await app.as(`遇到 ${fault} 的`)
    const done = doneOf(await followed(client, (await ask(client)).id))
    expect(done).toMatchObject({ by: 'excerpt', label: '原文摘录', copyLine: '' })
    expect(done.notice).toContain('AI 暂时没有答上来')
    expect(done.clauses.map(({ label }) => label)).toEqual(['第六条'])
  })

  test.each(['wrong-citation', 'wrong-words', 'uncited', 'hostile', 'empty'] as const)(
    'writing %s, with nothing of it shown',
    async manner => {
      server.behave({ manner })
      const client = await app.as(`遇到 ${manner} 的`)
      const events = await followed(client, (await ask(client)).id)
      const done = doneOf(events)
      expect(done).toMatchObject({ by: 'excerpt', label: '原文摘录' })
      expect(done.notice).toContain('没有通过依据核对')
      expect(JSON.stringify(events)).not.toContain(CAPTURED)
    },
  )

  test('writing a word of the editors’ list, with nothing of it shown', async () => {
    const word = '召开村民小组会议'
    const line = { table: '词表.csv', key: word, word, kind: '违法', at: app.now }
    await PolicyWord.create({ ...line, treatment: 'refuse' })
    const client = await app.as('遇到敏感词的')
    const events = await followed(client, (await ask(client)).id)
    await PolicyWord.deleteMany({})
    expect(doneOf(events).by).toBe('excerpt')
    expect(events.filter(({ type }) => type === 'written')).toEqual([])
  })

  test('busy, and is left in peace for as long as it says', async () => {
    server.behave({ fault: 'busy' })
    const client = await app.as('遇忙的')
    await followed(client, (await ask(client)).id)
    server.behave({})
    const asked = server.asked.length
    const rested = await ask(client, SIX)
    expect(rested).toMatchObject({ writing: false, by: 'excerpt' })
    expect(rested.notice).toContain('AI 暂时没有答上来')
    expect(server.asked.length).toBe(asked)
    app.now = new Date(app.now.getTime() + 3_000)
    expect((await ask(client, SIX)).writing).toBe(true)
  })
})

describe('a follow-up', () => {
  test('is put by the model as a question by itself', async () => {
    const client = await app.as('追问的')
    await followed(client, (await ask(client)).id)
    const answer = await ask(client, '那租期最长多少年？')
    expect(answer.understood).toBe(
      '《示例县农村集体资源出租管理办法（示例）》第六条怎么规定，租期最长多少年？',
    )
  })

  test('is joined by rule where the model says something else', async () => {
    const client = await app.as('被带偏的')
    const asked = server.asked.length
    await followed(client, (await ask(client)).id)
    server.behave({ manner: 'hostile' })
    const answer = await ask(client, '那租期最长多少年？')
    expect(answer.understood).toBe(`${SIX.replace('第六条', '')} 租期最长多少年？`)
    await followed(client, answer.id)

    // Three calls of the model were paid: the first answer, the rewriting that was thrown away, the second answer.
    const own = await ModelUsage.findOne({ cadre: client.id }).lean()
    const calls = server.asked.slice(asked).map(({ body }) => promptLength(body))
    expect(calls).toHaveLength(3)
    expect(own?.promptTokens).toBe(calls.reduce((sum, length) => sum + length, 0))
  })
})

describe('use of the model', () => {
  test('is counted in tokens and yuan, for the cadre and the county', async () => {
    const client = await app.as('用量的')
    await followed(client, (await ask(client)).id)
    const own = await ModelUsage.findOne({ cadre: client.id, day: '2026-11-28' }).lean()
    expect(own).toMatchObject({ answers: 1 })
    expect(own?.cost).toBeCloseTo(
      ((own?.promptTokens ?? 0) * price.prompt + (own?.completionTokens ?? 0) * price.completion) / 1_000_000,
    )
    const county = await ModelUsage.findOne({ cadre: null, day: '2026-11-28' }).lean()
    expect(county?.answers).toBeGreaterThan(own?.answers ?? 0)
  })

  test('beyond the day’s limit leaves the clauses, and says so', async () => {
    const client = await app.as('用完的')
    const before = limits.cadre
    limits.cadre = 2
    try {
      const answers = [await ask(client), await ask(client), await ask(client)]
      expect(answers.map(({ writing }) => writing)).toEqual([true, true, false])
      expect(answers[2]?.notice).toContain('今天的 AI 回答次数用完了')
      expect(answers[2]?.by).toBe('excerpt')
    } finally {
      limits.cadre = before
    }
  })

  test('beyond what the county may spend ends for everybody', async () => {
    limits.countyCost = 0
    try {
      expect((await ask(await app.as('超支的'))).notice).toContain('全县的 AI 回答额度用完了')
    } finally {
      limits.countyCost = null
    }
  })
})

describe('many who ask at once', () => {
  test('are each counted once, on the first questions of a day, and none beyond the limit', async () => {
    const day = '2026-12-24'
    const cadres = Array.from({ length: 12 }, () => String(new Types.ObjectId()))
    const few = { ...limits, county: 8 }
    const taken = await Promise.all(cadres.map(cadreId => takeAnswer({ cadreId, day }, few)))
    await Promise.all(
      cadres.map(cadreId => countUsage({ cadreId, day }, { prompt: 3, completion: 1, told: true }, 0.5)),
    )

    expect(taken.filter(({ model }) => model)).toHaveLength(8)
    const county = await ModelUsage.findOne({ cadre: null, day }).lean()
    expect(county).toMatchObject({ answers: 8, promptTokens: 36, completionTokens: 12, cost: 6 })
  })
})

describe('what leaves for the model', () => {
  test('holds no name, number or id of a person', async () => {
    const client = await app.as('覃小明')
    const question = `我叫覃小明，电话13812345678，身份证433125199001011234，${SIX}`
    await followed(client, (await ask(client, question)).id)
    const sent = JSON.stringify(server.asked.map(({ body }) => body))
    expect(sent).not.toMatch(/覃小明|13812345678|433125199001011234/)
    expect(sent).not.toContain(client.id)
  })
})
