import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { api } from '#shared/api'
import type { Endpoint } from '#shared/endpoint'
import { errors } from '#shared/errors'
import { startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'
import { asRole } from '../support/reviewing.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

const lines = Object.entries<Endpoint>(api).map(([line, endpoint]) => {
  const [method = '', path = ''] = line.split(' ')
  return { line, method, path, endpoint }
})
const withBody = lines.filter(({ endpoint }) => endpoint.body)
const closed = lines.filter(({ endpoint }) => !endpoint.open)
const someId = '0'.repeat(24)

/** The call was refused: a status below 500, a code of the table with its sentence, and nothing of the inside. */
async function expectRefused(response: Response): Promise<void> {
  const text = await response.text()
  expect(isRefusal(response.status)).toBe(true)
  const body = JSON.parse(text) as { code: keyof typeof errors; text: string; requestId: string }
  expect(body.text).toBe(errors[body.code].text)
  expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(text).not.toMatch(/node_modules|\.ts:|at \w+ \(|mongo/i)
}
const isRefusal = (status: number): boolean => status >= 400 && status < 500

const ask = async (
  method: string,
  path: string,
  token: string | undefined,
  body?: string,
  type = 'application/json',
) =>
  app.fetch(`/api${path.replace(/:\w+/g, someId)}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
  })

test.each(['gzip', 'br', 'zstd'])('a body that claims to be %s is refused', async encoding => {
  const response = await app.fetch('/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    body: 'junk',
  })
  expect(response.status).toBe(415)
  await expectRefused(response)
})

test.each(closed.map(({ line, method, path }) => [line, method, path]))(
  '%s asks who is calling',
  async (_, method, path) => {
    const response = await ask(
      method,
      path,
      undefined,
      method === 'GET' || method === 'DELETE' ? undefined : '{}',
    )
    expect(response.status).toBe(401)
    await expectRefused(response)
  },
)

test.each([
  'x',
  'Bearer',
  `${'a'.repeat(5000)}`,
  '🙂'.repeat(3).codePointAt(0)?.toString() ?? '',
  '../../etc',
  "' or 1=1",
])('the token %j opens nothing', async token => {
  const response = await app.fetch('/api/me', { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(401)
  await expectRefused(response)
})

const broken = [
  ['no JSON', '{"text": '],
  ['a bare word', 'hello'],
  ['a string', '"text"'],
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '[]'],
  ['nothing in it', '{}'],
  ['unknown keys', '{"$where":"1","__proto__":{"admin":true},"surprise":1}'],
  ['operators for values', '{"text":{"$gt":""},"code":{"$ne":null},"chosen":{"$gt":""},"days":{"$inc":1}}'],
  ['deep nesting', `${'['.repeat(9000)}${']'.repeat(9000)}`],
  ['deep objects', `${'{"a":'.repeat(4000)}1${'}'.repeat(4000)}`],
  ['a huge text', JSON.stringify({ text: '长'.repeat(9000), code: '长'.repeat(900) })],
  ['more than the limit', JSON.stringify({ text: 'x'.repeat(200_000) })],
] as const

test.each(
  withBody.flatMap(({ line, method, path }) =>
    broken.map(([what, body]) => [line, what, method, path, body]),
  ),
)('%s refuses %s', async (_line, _what, method = '', path = '', body) => {
  const { token } = await asRole(app, '坏输入', 'admin')
  await expectRefused(await ask(method, path, token, body))
})

test.each(withBody.map(({ line, method, path }) => [line, method, path]))(
  '%s reads only JSON',
  async (_, method, path) => {
    const { token } = await asRole(app, '坏输入', 'admin')
    const response = await ask(method, path, token, 'text=1', 'application/x-www-form-urlencoded')
    expect(response.status).toBe(415)
    await expectRefused(response)
  },
)

const withParams = lines.filter(({ endpoint }) => endpoint.params)
test.each(
  withParams.flatMap(({ line, method, path }) =>
    ['x', '%00', '..%2f..', `${'f'.repeat(25)}`, someId, '{}', '%F0%9F%99%82'].map(id => [
      line,
      id,
      method,
      path,
    ]),
  ),
)('%s with the id %j names nothing', async (_line, id, method = '', path = '') => {
  const { token } = await asRole(app, '坏输入', 'admin')
  const response = await app.fetch(`/api${path.replace(/:\w+/g, id ?? '')}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: JSON.stringify({ chosen: ['A'], section: 0, reason: 'key' }) }),
  })
  expect([400, 404]).toContain(response.status)
  await expectRefused(response)
})

test.each(['/api/nothing', '/api/', '/api/points/extra/more', '/api/%E0%A4%A'])(
  '%s is no address',
  async path => {
    const { token } = await asRole(app, '坏输入', 'admin')
    await expectRefused(await app.fetch(path, { headers: { authorization: `Bearer ${token}` } }))
  },
)

test('a method the address does not have is refused', async () => {
  const { token } = await asRole(app, '坏输入', 'admin')
  await expectRefused(
    await app.fetch('/api/points', { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }),
  )
})

test.each(['?before=x', '?limit=0', '?limit=99999', '?before[$gt]=', '?before=1&before=2', '?limit=1e3'])(
  'GET /points/entries%s is refused',
  async query => {
    const { token } = await asRole(app, '坏输入', 'admin')
    const response = await app.fetch(`/api/points/entries${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    if (response.status === 200) expect(query).toBe('?before[$gt]=')
    else await expectRefused(response)
  },
)

test('whatever JSON is sent to whatever line, nothing breaks and no points appear', async () => {
  await questions(5)
  const cadre = await app.as('乱发')
  const action = fc.record({
    type: fc.constantFrom('start', 'next', 'answer', 'dont-know', 'postpone', 'x'),
    question: fc.string(),
    round: fc.anything(),
  })
  const body = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.record({
      text: fc.anything(),
      action,
      chosen: fc.anything(),
      round: fc.anything(),
      days: fc.anything(),
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...withBody), body, async ({ method, path }, value) => {
      const response = await ask(method, path, cadre.token, JSON.stringify(value) ?? 'null')
      await response.text()
      expect(response.status).toBeLessThan(500)
    }),
    { numRuns: 300 },
  )
  expect((await cadre.call('GET /points')).total).toBe(0)
  expect(app.failures).toEqual([])
})
