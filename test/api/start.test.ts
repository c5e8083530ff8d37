import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { root } from '#server/base/paths'
import { clientOf } from '../support/client.ts'
import { startStandaloneMongo } from '../support/standalone-mongo.ts'
import { aDataFolder, type Ended, startServer } from '../support/server-process.ts'

test('a fresh start has the sample content and lets a demo cadre in', async () => {
  const server = startServer({ DATA_DIR: aDataFolder() })
  const base = await server.started
  const { call } = await signedIn(base)

  const { lesson, paper } = await call('GET /today')

  expect(lesson).not.toBeNull()
  expect(paper.questions).toHaveLength(5)
  expect((await fetch(`${base}/readyz`)).status).toBe(200)
  await stopped(server)
})

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'what was acknowledged before %s is there after it',
  async signal => {
    const env = { DATA_DIR: aDataFolder() }
    const first = startServer(env)
    const { call, token } = await signedIn(await first.started)
    const { paper } = await call('GET /today')
    const question = paper.questions[0]?.question
    await call('POST /quiz/questions/:id/answer', {
      params: { id: question?.id ?? '' },
      body: { chosen: [], dontKnow: true },
    })
    first.kill(signal)
    await first.ended

    const second = startServer(env)
    const again = clientOf(() => base, token)
    const base = await second.started
    const today = await again.call('GET /today')

    expect(today.paper.id).toBe(paper.id)
    expect(today.paper.questions.map(({ state }) => state)).toContain('missed')
    await stopped(second)
  },
)

test('stopping lets a held-open call end at once and leaves with 0', async () => {
  const server = startServer({ DATA_DIR: aDataFolder() })
  const { call } = await signedIn(await server.started)
  const { messages } = await call('GET /chat/messages', { query: {} })
  const held = call('GET /chat/messages', { query: { after: messages.at(-1)?.seq ?? 0, wait: 25 } })
  await new Promise(resolve => setTimeout(resolve, 300))

  const began = Date.now()
  const { code } = await stopped(server)

  await expect(held).resolves.toMatchObject({ messages: [] })
  expect(code).toBe(0)
  expect(Date.now() - began).toBeLessThan(5_000)
})

test('a damaged data file stops the start with the way out, and what is sound can be kept', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const first = startServer(env)
  await signedIn(await first.started)
  await stopped(first)
  const log = readdirSync(env.DATA_DIR).find(name => name.startsWith('log')) ?? ''
  const bytes = readFileSync(join(env.DATA_DIR, log))
  const place = bytes.indexOf('覃晓')
  bytes[place] = 0
  writeFileSync(join(env.DATA_DIR, log), bytes)

  const refused = await startServer(env).ended
  const repaired = startServer({ ...env, EMBEDDED_REPAIR: '1' })
  const { call } = await signedIn(await repaired.started)

  expect(place).toBeGreaterThan(0)
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('EMBEDDED_REPAIR=1') })
  expect((await call('GET /today')).paper.questions).toHaveLength(5)
  await stopped(repaired)
})

describe('what is in the way of a start is told in a sentence', () => {
  test('a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>(listening => other.listen(0, '127.0.0.1', listening))
    const port = String((other.address() as AddressInfo).port)

    const { code, err } = await startServer({ DATA_DIR: aDataFolder(), PORT: port }).ended

    expect(code).toBe(1)
    expect(err).toContain(`端口 ${port} 已被占用`)
    other.close()
  })

  test('a data folder that another server uses', async () => {
    const env = { DATA_DIR: aDataFolder() }
    const first = startServer(env)
    await first.started

    const { code, err } = await startServer(env).ended

    expect(code).toBe(1)
    expect(err).toContain('DATA_DIR')
    await stopped(first)
  })

  test('a MongoDB that is no replica set, with the way to make it one', async () => {
    const mongo = await startStandaloneMongo()

    const { code, err } = await startServer({ MONGODB_URI: mongo.uri }).ended

    expect(code).toBe(1)
    expect(err).toContain('rs.initiate()')
    mongo.stop()
  })

  test.each([
    ['a wrong value', { PORT: 'many' }, 'PORT'],
    ['a data folder under a parent that takes none', { DATA_DIR: '/proc/none/rizhi' }, 'DATA_DIR'],
    ['a data folder that is a file', { DATA_DIR: join(root, 'package.json') }, 'DATA_DIR'],
    ['a database that does not answer', { MONGODB_URI: 'mongodb://127.0.0.1:1/' }, 'MONGODB_URI'],
    ['the embedded database in production', { NODE_ENV: 'production', DEMO: '1' }, 'EMBEDDED_OK'],
    ['nobody could sign in', { NODE_ENV: 'production', EMBEDDED_OK: '1' }, 'DEMO'],
  ])('%s', async (_, env, name) => {
    const { code, err, out } = await startServer({ DATA_DIR: aDataFolder(), ...env }).ended

    expect(code).toBe(1)
    expect(err).toContain(name)
    expect(err).not.toContain('    at ')
    expect(out).toBe('')
  })
})

async function signedIn(base: string) {
  const anyone = clientOf(() => base)
  const { token } = await anyone.call('POST /sign-in', { body: { code: 'demo:覃晓' } })
  return { ...clientOf(() => base, token), token }
}

function stopped(server: ReturnType<typeof startServer>): Promise<Ended> {
  server.kill('SIGTERM')
  return server.ended
}
