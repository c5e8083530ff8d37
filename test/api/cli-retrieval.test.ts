import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { program } from '#server/base/paths'

const folder = mkdtempSync(join(tmpdir(), 'rizhi-retrieval-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cli = (...args: string[]) =>
  new Promise<{ code: number; out: string }>(resolve => {
    execFile(process.execPath, [program('cli'), ...args], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
    )
  })
const write = (name: string, rows: object[]) => {
  writeFileSync(join(folder, name), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  return `=${join(folder, name)}`
}
const corpus = `--corpus${write('corpus.jsonl', [
  { name: '村民会议办法第一条', content: '村民会议由本村村民组成。' },
  { name: '村民会议办法第二条', content: '出租集体荒山须经村民会议同意。' },
  { name: '道路条例第一条', content: '车辆应当靠右行驶。' },
])}`
const queries = `--queries${write('queries.jsonl', [
  { question: '出租荒山要谁同意', gold: ['村民会议办法第二条'] },
  { question: '荒山出租给外人行不行', gold: ['村民会议办法第二条'] },
  { question: '车靠哪边开', gold: '道路条例第一条' },
  { question: '道路条例第九条', gold: ['道路条例第九条'] },
])}`

test('a search is measured beside plain BM25, with the table that comes along or by folds', async () => {
  const whole = await cli('evaluate', 'retrieval', corpus, queries)
  expect(whole.code).toBe(0)
  expect(whole.out).toContain('语料 2 部、3 条')
  expect(whole.out).toContain('有 1 条标准答案不在语料里')
  for (const name of ['单双字 BM25', '日知，未学习', '日知，所带学习表'])
    expect(whole.out).toMatch(new RegExp(`${name} +0\\.7500`))
  const folded = await cli('evaluate', 'retrieval', corpus, queries, '--folds=2')
  expect(folded.out).toMatch(/日知，2 折交叉验证 +0\.7500/)
})

test('a table is learned and written', async () => {
  const out = join(folder, 'words.tsv')
  expect((await cli('learn', 'retrieval', corpus, queries, `--out=${out}`)).code).toBe(0)
  expect(readFileSync(out, 'utf8')).toMatch(/^word\t荒山\t/m)
})

test.each([
  [['evaluate', 'retrieval'], '请给出 --corpus'],
  [['evaluate', 'retrieval', corpus, '--queries=none.jsonl'], '找不到文件 none.jsonl'],
  [['evaluate', 'retrieval', corpus, corpus.replace('corpus', 'queries')], '第 1 行读不懂'],
  [['evaluate', 'retrieval', corpus, queries, '--folds=1'], '--folds 应是 2 到 20 的整数'],
  [['learn', 'retrieval', corpus, queries], '请给出 --out'],
])('%j is answered with what is wrong', async (args, text) => {
  const { code, out } = await cli(...args)
  expect(code).toBe(2)
  expect(out).toContain(text)
})
