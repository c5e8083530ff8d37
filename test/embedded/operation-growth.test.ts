import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { watchGrowth } from '../../server/base/growth.ts'
import { createLog } from '../../server/base/log.ts'
import { collectDatabaseMetrics, metricsText } from '../../server/base/metrics.ts'

const LIMIT = 500 * 1024 * 1024
const small = { documents: 3, bytes: 1_000, memoryBytes: 5_000 }
const large = { ...small, bytes: LIMIT + 1 }

let lines: { level: number; msg: string }[] = []
const log = createLog('warn', { write: line => void lines.push(JSON.parse(line)) })
beforeEach(() => {
  lines = []
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

const watched = async (figures: () => Promise<typeof small>, hours: number): Promise<void> => {
  const end = watchGrowth({ figures, limit: LIMIT, now: () => new Date(), log })
  await jest.advanceTimersByTimeAsync(hours * 3_600_000)
  end()
  await jest.advanceTimersByTimeAsync(48 * 3_600_000)
}

test('data that have outgrown the database are told once a day, with the way out, until it stops', async () => {
  await watched(async () => large, 50)

  expect(lines).toHaveLength(3)
  expect(lines[0]?.msg).toMatch(/500 MB.*cli -- move --to/)
})

test('growth is noticed within the hour; small data and data of unknown size are not told', async () => {
  let found: typeof small = small
  const watching = watched(async () => found, 3)
  found = large
  await watching
  expect(lines).toHaveLength(1)

  lines = []
  await watched(async () => ({ ...large, bytes: undefined }) as never, 30)
  expect(lines).toEqual([])
})

test('figures that cannot be had are told and not the end', async () => {
  await watched(() => Promise.reject(new Error('no answer')), 1)

  expect(lines.length).toBeGreaterThan(0)
})

test('metrics tell what is known at each look, and nothing where there is no embedded database', async () => {
  jest.useRealTimers()
  expect((await metricsText()).text).not.toContain('rizhi_database')

  let answer: () => Promise<unknown> = async () => large
  collectDatabaseMetrics(() => answer() as never, LIMIT)
  const first = (await metricsText()).text
  expect(first).toContain('rizhi_database_documents 3\n')
  expect(first).toContain(`rizhi_database_bytes ${LIMIT + 1}\n`)
  expect(first).toContain('rizhi_database_memory_bytes 5000\n')
  expect(first).toContain('rizhi_database_outgrown 1\n')

  answer = async () => small
  expect((await metricsText()).text).toContain('rizhi_database_outgrown 0\n')

  answer = async () => ({ ...small, bytes: undefined })
  const unknown = (await metricsText()).text
  expect(unknown).toContain('rizhi_database_documents 3\n')
  expect(unknown).not.toMatch(/^rizhi_database_(bytes|outgrown) /m)

  answer = () => Promise.reject(new Error('no answer'))
  expect((await metricsText()).text).not.toMatch(/^rizhi_database_\w+ /m)
})
