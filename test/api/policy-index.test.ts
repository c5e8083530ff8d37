import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { learnedTable, openPolicyIndex } from '#server/policy/index-service'
import { policyDocument } from '../support/policy-documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'rizhi-policy-'))
const indexFile = join(folder, 'policy.index')
const open = () => openPolicyIndex({ indexFile, learnedFile: learnedTable })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const village = policyDocument('村民会议办法', ['村民会议由本村村民组成。', '出租集体荒山须经村民会议同意。'])
const land = policyDocument('土地承包条例', ['承包地可以出租。'])
const ask = { question: '出租荒山要谁同意', limit: 5 }

test('a document is found at once after it was added, after a restart, and no more after it was removed', async () => {
  const first = await open()
  expect(first.rebuilt).toBe('no saved index')
  expect(await first.add([village, land])).toEqual({ documents: 2, articles: 3 })
  const found = await first.search(ask)
  expect(found.hits[0]?.key).toBe('村民会议办法#2')
  await first.save()
  await first.stop()

  const second = await open()
  expect([second.rebuilt, second.size]).toEqual([undefined, { documents: 2, articles: 3 }])
  expect(await second.search(ask)).toEqual(found)
  expect(await second.remove(['村民会议办法'])).toEqual({ documents: 1, articles: 1 })
  expect((await second.search(ask)).hits.map(({ document }) => document)).toEqual(['土地承包条例'])
  expect((await second.faces()).map(({ key }) => key)).toEqual(['土地承包条例'])
  await second.stop()
})

test('a damaged file is told, and the index is built anew', async () => {
  const bytes = readFileSync(indexFile)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  writeFileSync(indexFile, bytes)
  const index = await open()
  expect([index.rebuilt, index.size.articles]).toEqual(['a wrong checksum', 0])
  await index.stop()
})

test('what is under way when the thread ends fails, and nothing waits for ever', async () => {
  const index = await open()
  const search = index.search(ask)
  const [, failure] = await Promise.all([
    index.stop(),
    search.then(
      () => undefined,
      (error: unknown) => error,
    ),
  ])
  expect(failure === undefined || failure instanceof Error).toBe(true)
  expect(await index.ended).toBeUndefined()
})

test('a folder that is not there fails the saving, not the thread', async () => {
  const index = await openPolicyIndex({ indexFile: join(folder, 'none', 'index'), learnedFile: undefined })
  await index.add([land])
  await expect(index.save()).rejects.toThrow('ENOENT')
  expect((await index.search(ask)).hits).toHaveLength(1)
  await index.stop()
})
