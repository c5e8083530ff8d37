import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readEnv } from '#server/base/env'
import { checkSources } from '#server/cli/check-sources'
import { findFiles, importPolicyFiles, importStatusTable } from '#server/policy/service'
import { Question } from '#server/question/model'
import { startDatabase } from '../support/app.ts'
import { aQuestion } from '../support/factories.ts'

startDatabase()
const now = new Date('2026-11-24T09:00:00+08:00')
const folder = mkdtempSync(join(tmpdir(), 'rizhi-sources-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const SOURCES = [
  { law: '某县用水条例', article: '第一条', checkedOn: '2023-05-01' },
  { law: '某县用水条例', article: '第二条第一款', checkedOn: '2023-05-01' },
  { law: '某县用水条例', article: '第一条', checkedOn: '2024-06-01' },
  { law: '信访条例', article: '第三条', checkedOn: '2021-01-01' },
  { law: '某县用电条例', checkedOn: '2023-05-01' },
  { law: '没有收录的条例', article: '第一条', checkedOn: '2023-05-01' },
]

beforeAll(async () => {
  const version = (rule: string) => `# 某县用水条例\n\n第一条 ${rule}。\n\n第二条 登记不收费。`
  write('某县用水条例(2019-03-01).md', version('用水先登记'))
  write('某县用水条例(2024-03-01).md', version('用水须先登记'))
  write('某县用电条例(2019-03-01).md', '# 某县用电条例\n\n第一条 用电先登记。')
  await importPolicyFiles({ source: folder, files: (await findFiles(folder)) ?? [], collectedOn: null, now })
  const file = write(
    '状态.csv',
    '文件名称,事件,日期,施行日期,取代它的文件,来源,核对日期\n信访条例,取代,2022-02-25,2022-05-01,信访工作条例,公报,2026-11-01\n某县用电条例,修订,2026-03-01,2026-06-01,,公报,2026-11-01',
  )
  await importStatusTable({ file, now })
  for (const [at, source] of SOURCES.entries())
    await aQuestion({ stem: `第${at}题怎么办？`, sources: [source] })
})

const env = () => readEnv({})

async function check(suspend: boolean) {
  const lines: string[] = []
  const terminal = {
    line: (text: string) => void lines.push(text),
    progress: () => undefined,
    end: () => undefined,
  }
  const good = await checkSources.run({ words: [], options: { suspend }, now, terminal, env })
  return { good, text: lines.join('\n') }
}

test('questions on clauses that changed since they were checked are told, and those alone', async () => {
  const { good, text } = await check(false)
  expect(good).toBe(false)
  expect(text).toMatch(/（第0题.*《某县用水条例》第一条这一条已修改/)
  expect(text).toMatch(/（第3题.*《信访条例》第三条已废止/)
  expect(text).toMatch(/（第4题.*《某县用电条例》已修改，新文本还没有收录/)
  expect(text).toContain('核对 6 题、0 课，3 处依据有变化')
  expect(await Question.countDocuments({ status: 'published' })).toBe(6)
})

test('--suspend stops them; what is stopped is not told again', async () => {
  expect((await check(true)).text).toContain('已停用 3 题')
  expect(await Question.countDocuments({ status: 'published' })).toBe(3)
  expect(await check(false)).toMatchObject({ good: true, text: expect.stringContaining('依据没有变化') })
})
