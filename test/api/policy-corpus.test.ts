import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import {
  citedArticles,
  corpusStamp,
  type CorpusVersion,
  endingOfName,
  findFiles,
  importPolicyFiles,
  importStatusTable,
  liveVersions,
  versionsOf,
} from '#server/policy/service'
import { startDatabase } from '../support/app.ts'

startDatabase()
const folder = mkdtempSync(join(tmpdir(), 'rizhi-corpus-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let now = new Date('2026-11-24T09:00:00+08:00')
const load = async (name: string, text: string) => {
  now = new Date(now.getTime() + 1000)
  writeFileSync(join(folder, name), text)
  await importPolicyFiles({ source: folder, files: (await findFiles(folder)) ?? [], collectedOn: null, now })
}
const all = async () => {
  const found: CorpusVersion[] = []
  for await (const version of versionsOf(await liveVersions())) found.push(version)
  return found
}

test('every live version is given with its names, its days and its articles; the stamp tells of any change', async () => {
  const empty = await corpusStamp()
  await load(
    '保靖县用水条例(2019-03-01).md',
    '# 保靖县用水条例\n\n## 第一章 总则\n\n第一条 用水先登记。\n\n第二条 本条例自2019年5月1日起施行。',
  )
  const first = await corpusStamp()
  await load('保靖县用水条例(2024-03-01).md', '# 保靖县用水条例\n\n## 第一章 总则\n\n第一条 用水须先登记。')
  const second = await corpusStamp()

  expect(new Set([empty, first, second]).size).toBe(3)
  expect(await corpusStamp()).toBe(second)
  expect(await all()).toMatchObject([
    {
      ...{ name: '保靖县用水条例', from: '2019-05-01', until: '2024-03-01', level: 'local-regulation' },
      region: { level: 'county', path: ['保靖县'] },
      articles: [{ label: '第一条', heading: '第一章 总则', text: '用水先登记。' }, { label: '第二条' }],
    },
    { from: '2024-03-01', until: null, articles: [{ label: '第一条', text: '用水须先登记。' }] },
  ])
})

test('a cited article tells how it stands on the day asked about', async () => {
  const [old, recent] = await all()
  const ids = [old, recent].map(version => version?.articles[0]?.key ?? '')
  expect(await citedArticles(ids, '2026-11-24')).toMatchObject([
    {
      id: ids[0],
      standing: 'superseded',
      day: '2019-03-01',
      until: '2024-03-01',
      confirmed: false,
      newerMissing: false,
    },
    { id: ids[1], standing: 'in-force', day: '2024-03-01', collectedOn: '2024-03-01', confirmed: false },
  ])
  expect((await citedArticles(ids, '2020-01-01')).map(({ standing }) => standing)).toEqual([
    'in-force',
    'not-yet',
  ])
  expect(await citedArticles(['nonsense', '0'.repeat(24)], '2026-11-24')).toEqual([])
})

test('what a status table tells shows at once, also of documents that are not stored', async () => {
  const before = await corpusStamp()
  const file = join(folder, '状态.csv')
  writeFileSync(
    file,
    '文件名称,事件,日期,施行日期,取代它的文件,来源,核对日期\n保靖县用水条例,修正,2025-12-01,2026-01-01,,公报,2026-11-01\n信访条例,取代,2022-02-25,2022-05-01,信访工作条例,公报,2026-11-01',
  )
  await importStatusTable({ file, now })

  expect(await corpusStamp()).not.toBe(before)
  const [, recent] = await all()
  // Its successor's words are not stored: it stays the latest text at hand.
  expect(recent).toMatchObject({ until: null })
  expect(await citedArticles([recent?.articles[0]?.key ?? ''], '2026-11-24')).toMatchObject([
    { standing: 'superseded', newerMissing: true, ending: { kind: 'version', day: '2025-12-01' } },
  ])
  expect(await endingOfName('《信访条例》', '2026-11-24')).toMatchObject({ successor: '信访工作条例' })
  expect(await endingOfName('《信访条例》', '2022-04-30')).toBeNull()
})
