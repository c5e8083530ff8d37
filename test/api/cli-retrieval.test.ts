import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

test('each step of the search can be left out', async () => {
  const { code, out } = await cli('evaluate', 'retrieval', corpus, queries, '--steps')
  expect(code).toBe(0)
  for (const step of [
    '法名条号',
    '去设问词',
    '口语词',
    '章节名',
    '覆盖',
    '同法',
    '长短和首条',
    '学来的联想',
    '常问的法',
  ])
    expect(out).toMatch(new RegExp(`少了${step} +0\\.\\d{4}`))
})

test('a folder of policy files is a corpus: split by the product, articles named by path and number', async () => {
  mkdirSync(join(folder, 'laws/农村'), { recursive: true })
  const law =
    '# 某县荒山办法\n\n第一条 出租荒山须经村民会议同意。\n\n第二条 租金归集体。\n\n附件1 出租合同\n\n第一条 租金每年交一次。'
  writeFileSync(join(folder, 'laws/农村/某县荒山办法(2024-05-01).md'), law)
  writeFileSync(join(folder, 'laws/农村/坏.docx'), 'x')
  const place = '农村/某县荒山办法(2024-05-01).md'
  const asked = `--queries${write('folder.jsonl', [
    { question: '出租荒山要谁同意', gold: `${place}#第一条` },
    { question: '租金多久交一次', gold: `${place}#第一条~2` },
    { question: '某县荒山办法第二条', gold: `${place}#第二条` },
  ])}`
  const { code, out } = await cli('evaluate', 'retrieval', `--corpus=${join(folder, 'laws')}`, asked)
  expect(code).toBe(0)
  expect(out).toContain('语料 1 部、3 条')
  expect(out).not.toContain('不在语料里')
  expect(out).toMatch(/日知，所带学习表 +1\.0000/)
})

test('refusals are measured over the product’s own search, by folds too', async () => {
  for (const folds of [[], ['--folds=2']]) {
    const { code, out } = await cli('evaluate', 'refusal', corpus, queries, ...folds)
    expect(code).toBe(0)
    expect(out).toMatch(/原文摘录 all +\d+\.\d % +\d+\.\d % +没有测 +4/)
  }
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
