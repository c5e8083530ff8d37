import { expect, test } from '@jest/globals'
import { aDataFolder, startDatabaseProcess, startServer } from '../support/server-process.ts'

const METRICS_TOKEN = 'metrics-token-of-the-tests'

async function metricsOf(env: Record<string, string>): Promise<string> {
  const server = startServer({ METRICS_TOKEN, EMBEDDED_WARN_MB: '1', ...env })
  const base = await server.started
  const response = await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
  const text = await response.text()
  server.kill('SIGTERM')
  await server.ended
  return text
}

test('a server with the embedded database tells how large it is', async () => {
  const text = await metricsOf({ DATA_DIR: aDataFolder() })

  expect(Number(/^rizhi_database_documents (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(10)
  expect(Number(/^rizhi_database_memory_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(10_000_000)
  expect(text).not.toMatch(/^rizhi_database_outgrown 1$/m)
})

test('a server on MONGODB_URI says nothing of an embedded one', async () => {
  const database = startDatabaseProcess(['--memory', '--port', '0'])

  expect(await metricsOf({ MONGODB_URI: await database.started })).not.toContain('rizhi_database')

  database.kill('SIGTERM')
  await database.ended
})

test('a wrong EMBEDDED_WARN_MB is named', async () => {
  const { code, err } = await startServer({ DATA_DIR: aDataFolder(), EMBEDDED_WARN_MB: 'many' }).ended

  expect(code).toBe(1)
  expect(err).toContain('EMBEDDED_WARN_MB')
})
