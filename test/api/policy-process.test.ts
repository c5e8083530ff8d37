import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { setTimeout as pause } from 'node:timers/promises'
import { createLog } from '#server/base/log'
import { createModel } from '#server/clients/model'
import { follow, leaveWriting, LEASE_MS } from '#server/policy/generation-service'
import { ModelUsage, PolicyAnswer } from '#server/policy/model'
import { ask } from '#server/policy/service'
import type { AnswerEvent } from '#shared/policy'
import { startApp } from '../support/app.ts'
import { anAssistant } from '../support/assistant.ts'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { samplePolicies } from '../support/policies.ts'

const SIX = '《示例县农村集体资源出租管理办法（示例）》第六条怎么规定？'
const app = startApp({ at: '2026-11-28T09:00:00+08:00' })
let server: ModelServer
beforeAll(async () => {
  server = await startModelServer({ paceMs: 5 })
  await samplePolicies(app.now)
})
afterAll(() => server.stop())
beforeEach(() => server.behave({}))

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return
    await pause(25)
  }
  throw new Error('it never held')
}

describe('a process that dies while it writes', () => {
  const another = () =>
    anAssistant(() => app.now, createLog('silent'), {
      model: createModel({ base: server.base, key: server.key, name: '示范模型', pauseMs: 3_000 }),
    })
  const leaseOver = () => new Date(app.now.getTime() + LEASE_MS + 1)
  const begin = async (name: string) => {
    const client = await app.as(name)
    const dying = another()
    server.behave({ fault: 'stall' })
    const asked = server.asked.length
    const call = { cadreId: client.id, key: 'asked-once', text: SIX, now: app.now }
    const { id } = await ask(call, dying)
    await until(() => Promise.resolve(server.asked.length > asked))
    await leaveWriting(dying)
    await dying.end()
    server.behave({})
    return { client, id, dying }
  }

  test('leaves the answer to whoever is asked for it next', async () => {
    const { client, id } = await begin('换进程的')
    expect((await PolicyAnswer.findById(id).lean())?.writing).toBe(true)
    const assistant = another()
    const events: AnswerEvent[] = []
    const signal = new AbortController().signal
    for await (const event of follow({ cadreId: client.id, id, signal }, assistant)) events.push(event)
    expect(events.at(-1)).toMatchObject({ type: 'answer', answer: { by: 'model' } })
    await assistant.end()
  })

  test('does not take the answer up again itself, and lets go of those who follow it', async () => {
    const { client, id, dying } = await begin('停下的')
    const asked = server.asked.length
    const events: AnswerEvent[] = []
    const { signal } = new AbortController()
    for await (const event of follow({ cadreId: client.id, id, signal }, dying)) events.push(event)
    expect(events.filter(({ type }) => type === 'answer')).toEqual([])
    expect(server.asked.length).toBe(asked)
    expect(await PolicyAnswer.findById(id).lean()).toMatchObject({ writing: true, attempts: 1 })
  })

  test('is paid for what the model wrote until then', async () => {
    const { client } = await begin('写了一半的')
    const own = await ModelUsage.findOne({ cadre: client.id }).lean()
    expect(own?.promptTokens).toBeGreaterThan(0)
  })

  test('but only stood still writes no more once another one took its answer up', async () => {
    const client = await app.as('睡着的')
    const sleeping = another()
    server.behave({ fault: 'stall' })
    const { id } = await ask({ cadreId: client.id, key: 'asked-once', text: SIX, now: app.now }, sleeping)
    await PolicyAnswer.updateOne(
      { _id: id },
      { $set: { attempts: 2, lease: leaseOver(), text: '另一个写的' } },
    )
    await until(() => Promise.resolve(server.asked.at(-1)?.abandoned === true))
    await leaveWriting(sleeping)
    await sleeping.end()
    expect(await PolicyAnswer.findById(id).lean()).toMatchObject({
      ...{ writing: true, text: '另一个写的', lease: leaseOver() },
    })
  })

  test('three times over one answer leaves the clauses', async () => {
    const { client, id } = await begin('总是死的')
    await PolicyAnswer.updateOne({ _id: id }, { $set: { attempts: 3 } })
    const assistant = another()
    const events: AnswerEvent[] = []
    const { signal } = new AbortController()
    for await (const event of follow({ cadreId: client.id, id, signal }, assistant)) events.push(event)
    await assistant.end()
    expect(events.at(-1)).toMatchObject({ type: 'answer', answer: { by: 'excerpt' } })
  })

  test('is not taken for dead before its lease is over', async () => {
    const { client, id } = await begin('还活着的')
    await PolicyAnswer.updateOne({ _id: id }, { $set: { lease: leaseOver(), text: '写到这里' } })
    const given = new AbortController()
    const events: AnswerEvent[] = []
    const assistant = another()
    setTimeout(() => given.abort(), 900)
    for await (const event of follow({ cadreId: client.id, id, signal: given.signal }, assistant))
      events.push(event)
    expect(events).toEqual([{ type: 'written', text: '写到这里' }])
    expect((await PolicyAnswer.findById(id).lean())?.attempts).toBe(1)
    await assistant.end()
  })
})
