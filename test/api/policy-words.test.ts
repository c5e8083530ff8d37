import { expect, test } from '@jest/globals'
import { entries } from '#server/audit/service'
import { PolicyVersion } from '#server/policy/model'
import { checkWords, importWordTable } from '#server/policy/service'
import { PolicyWord } from '#server/policy/word-model'
import { startDatabase } from '../support/app.ts'
import { lawFolder } from '../support/reviewing.ts'

startDatabase()
const now = new Date('2026-11-24T09:00:00+08:00')
const laws = lawFolder(() => now)
const table = (...rows: string[]) =>
  importWordTable({ file: laws.write('词表.csv', ['词,类别,处理', ...rows].join('\n')), now })
const look = (text: string) => checkWords({ text, place: 'question', subject: 'a1', now })
const told = async () =>
  (await entries(new Date('2026-11-24T00:00:00+08:00'))).map(({ action, subject, detail }) => ({
    action,
    subject,
    detail,
  }))

test('a table of the editors is taken whole, again without change, and is the authority on its own lines', async () => {
  const rows = ['内部价茅台,fraud,复核', '黑水井,违法,拒收', '查处黑水井,,放行']
  expect(await table(...rows)).toMatchObject({ added: 3, rejected: [] })
  expect(await table(...rows)).toMatchObject({ added: 0, changed: 0, unchanged: 3, withdrawn: 0 })
  expect(await table(rows[0]?.replace('复核', '拒收') ?? '', ...rows.slice(2))).toMatchObject({
    changed: 1,
    unchanged: 1,
    withdrawn: 1,
  })
  await table(...rows)
})

test('with one bad row nothing is imported', async () => {
  const { rejected } = await table(
    '井,违法,拒收',
    '水老鼠,,拒收',
    '好词,违法,删掉',
    '黑水井,违法,拒收',
    '黑 水井,违法,拒收',
    ',违法,拒收',
  )
  expect(rejected.map(({ at }) => at)).toEqual([2, 3, 4, 6, 7])
  expect(await PolicyWord.countDocuments({})).toBe(3)
  expect(await importWordTable({ file: laws.write('别的.csv', '名称,事件\n甲,乙'), now })).toMatchObject({
    rejected: [{ at: null }],
  })
})

test('words of both lists are met, disguised too; allowed phrases are not', async () => {
  expect(await look('哪里有黑 水*井')).toBe('refuse')
  expect(await look('内部价茅台多少钱')).toBe('review')
  expect(await look('怎么查处黑水井')).toBe('pass')
  expect(await look('哪里能办假證')).toBe('refuse')
})

test('a hit leaves the words, the place and the moment in the audit log, and no text', async () => {
  await look('张三问黑水井')
  const last = (await told()).at(-1)
  expect(last).toEqual({
    action: 'sensitive',
    subject: 'a1',
    detail: { place: 'question', outcome: 'refuse', words: '黑水井(违法)' },
  })
  expect(JSON.stringify(await told())).not.toContain('张三')
})

test('a document with a refused word is not imported, one with a word to be looked at is, with a note', async () => {
  laws.write('某县打井办法(2024-03-01).md', '# 某县打井办法\n\n第一条 黑水井一律填埋。')
  laws.write('某县礼品办法(2024-03-01).md', '# 某县礼品办法\n\n第一条 不得收受内部价茅台。')
  laws.write('某县证件办法(2024-03-01).md', '# 某县证件办法\n\n第一条 证件由县里代办\n假证一律收缴。')
  const { rows } = await laws.load()
  expect(rows.map(({ outcome, code, notes }) => [outcome, code, notes.map(note => note.code)])).toEqual([
    ['rejected', 'file.sensitive', []],
    ['added', null, ['words.review']],
    ['added', null, []],
  ])
  expect(await PolicyVersion.countDocuments({ title: '某县打井办法' })).toBe(0)
  expect((await told()).slice(-2).map(({ subject }) => subject)).toEqual([
    '某县打井办法(2024-03-01).md',
    '某县礼品办法(2024-03-01).md',
  ])
})
