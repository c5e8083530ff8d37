import { beforeAll, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { stopWaiting } from '#server/chat/service'
import { anotherProcess } from '../support/another-process.ts'
import { startApp } from '../support/app.ts'
import { say, told } from '../support/chat.ts'
import type { Client } from '../support/client.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

beforeAll(async () => {
  await questions(5)
})

/** Opens the chat and holds a call for what comes after it. */
async function held(client: Client, wait = 25) {
  const { messages } = await client.call('GET /chat/messages', { query: {} })
  const began = performance.now()
  const news = client.call('GET /chat/messages', { query: { after: messages.at(-1)?.seq ?? 0, wait } })
  await sleep(100)
  return { news: news.then(page => ({ ...page, ms: performance.now() - began })) }
}

test('a page on one device shows what is said on another one at once', async () => {
  const { news } = await held(await app.as('两台设备的'))
  await say(await app.as('两台设备的'), '开始')
  const { messages, state, ms } = await news
  expect(told(messages)).toEqual(['own', 'question 1 round 1'])
  expect(state.open).not.toBeNull()
  expect(ms).toBeLessThan(1_000)
})

test('a page shows within two seconds what another process wrote', async () => {
  const client = await app.as('两个进程的')
  const { news } = await held(client)
  const other = await anotherProcess()
  const began = performance.now()
  for await (const event of other.say({ cadreId: client.id, said: { text: '开始' }, now: app.now }))
    void event
  const { messages } = await news
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(told(messages)).toEqual(['own', 'question 1 round 1'])
  await other.end()
})

test('two processes that write to one conversation at once leave no gap', async () => {
  const client = await app.as('两边说话的')
  const other = await anotherProcess()
  const sayThere = async (text: string) => {
    for await (const event of other.say({ cadreId: client.id, said: { text }, now: app.now })) void event
  }
  const here = Array.from({ length: 8 }, (_, n) => say(client, `这边${n}`))
  await Promise.all([...here, ...Array.from({ length: 8 }, (_, n) => sayThere(`那边${n}`))])
  const { messages } = await client.call('GET /chat/messages', { query: { limit: 50 } })
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 3 + 32 }, (_, n) => n + 1))
  await other.end()
})

test('without news the call ends in time, empty', async () => {
  const { news } = await held(await app.as('没有消息的'), 1)
  const { messages, more, ms } = await news
  expect({ messages, more }).toEqual({ messages: [], more: false })
  expect(ms).toBeGreaterThan(900)
})

test('the oldest of four held calls is answered empty', async () => {
  const client = await app.as('四个页面的')
  const all = [await held(client), await held(client), await held(client), await held(client)]
  expect((await all[0]?.news)?.messages).toEqual([])
  await say(client, '帮助')
  for (const { news } of all.slice(1)) expect((await news).messages).toHaveLength(2)
})

test('held calls end when the server stops', async () => {
  const { news } = await held(await app.as('要停机的'))
  stopWaiting()
  expect((await news).ms).toBeLessThan(1_000)
})
