import { expect, test } from '@jest/globals'
import { api } from '#shared/api'
import { METRICS_TOKEN, startApp } from '../support/app.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

test('the process lives and can work', async () => {
  expect(await (await app.fetch('/healthz')).json()).toEqual({ status: 'ok' })
  expect(await (await app.fetch('/readyz')).json()).toEqual({ status: 'ready' })
})

test('figures are only for whoever has the token', async () => {
  const metrics = (authorization: string) => app.fetch('/metrics', { headers: { authorization } })

  expect((await app.fetch('/metrics')).status).toBe(404)
  expect((await metrics('Bearer guess')).status).toBe(404)
  expect((await metrics(`Bearer ${METRICS_TOKEN}`)).status).toBe(200)
})

test('figures name routes by their pattern, never by an id', async () => {
  const { call } = await app.as('田晓')
  await call('GET /lessons/:id', { params: { id: 'a'.repeat(24) } }).catch(() => undefined)

  const response = await app.fetch('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
  const text = await response.text()

  expect(text).toContain('route="/api/lessons/:id",status="404"')
  expect(text).not.toContain('a'.repeat(24))
})

test('the OpenAPI document has every line of the table', async () => {
  const document = (await (await app.fetch('/api/openapi.json')).json()) as {
    openapi: string
    paths: Record<string, Record<string, unknown>>
  }
  const lines = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )

  expect(document.openapi).toBe('3.1.0')
  expect(lines.sort()).toEqual(
    Object.keys(api)
      .map(line => line.replace(' ', ' /api').replace(/:(\w+)/g, '{$1}'))
      .sort(),
  )
})
