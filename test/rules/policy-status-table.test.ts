import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { root } from '#server/base/paths'
import { readStatusTable } from '#server/policy/status-table'
import { readParts } from '#server/reading/read'
import { sheet } from '../support/documents.ts'

const HEAD = ['文件名称', '事件', '日期', '施行日期', '取代它的文件', '来源', '核对日期']
const today = '2026-11-28'
const read = async (content: Buffer | string, name: string) =>
  readStatusTable(await readParts(Buffer.from(content), name), today)
const csv = (...rows: string[]) => read([HEAD.join(), ...rows].join('\n'), '表.csv')

test('a line says what happened with which document, since when and who says so', async () => {
  expect(await csv('中华人民共和国某法,修正,2025-10-28,2026/1/1,,公报,2026年11月1日')).toEqual([
    {
      at: 2,
      line: {
        ...{
          key: '某法',
          number: '',
          title: '中华人民共和国某法',
          event: 'amended',
          day: '2025-10-28',
          from: '2026-01-01',
        },
        ...{ successor: '', source: '公报', checkedOn: '2026-11-01' },
      },
    },
  ])
})

test('a notice is named with its number', async () => {
  const [finding] =
    (await csv('某县关于防火的通知（某政办发〔2023〕5号）,废止,2025-10-28,,,公报,2026-11-01')) ?? []
  expect(finding).toMatchObject({ line: { key: '某县关于防火的通知', number: '某政办发〔2023〕5号' } })
})

test('workbooks and JSON are read the same way', async () => {
  const row = ['某条例', '取代', '2022-02-25', '2022-05-01', '某工作条例', '公报', '2026-11-01']
  const record = Object.fromEntries(HEAD.map((head, at) => [head, row[at]]))
  const [fromCsv, fromSheet, fromJson] = await Promise.all([
    csv(row.join()),
    read(sheet([HEAD, row]), '表.xlsx'),
    read(JSON.stringify([record]), '表.json'),
  ])
  expect(fromSheet).toEqual(fromCsv)
  expect(fromJson?.map(each => 'line' in each && each.line)).toEqual(
    fromCsv?.map(each => 'line' in each && each.line),
  )
})

describe('a line is refused', () => {
  test.each([
    ['without a name', ',修正,2025-10-28,,,公报,2026-11-01', 'title.missing'],
    ['with an unknown event', '某法,改了,2025-10-28,,,公报,2026-11-01', 'event.unknown'],
    ['without a day', '某法,修正,去年,,,公报,2026-11-01', 'day.wrong'],
    ['with a wrong day of force', '某法,修正,2025-10-28,明年,,公报,2026-11-01', 'from.wrong'],
    ['without a source', '某法,修正,2025-10-28,,,,2026-11-01', 'source.missing'],
    ['that was checked tomorrow', '某法,修正,2025-10-28,,,公报,2026-11-29', 'checked.wrong'],
    ['without a successor', '某法,取代,2025-10-28,,,公报,2026-11-01', 'successor.missing'],
  ])('%s', async (_, row, reason) => expect(await csv(row)).toMatchObject([{ at: 2, reason }]))

  test('that stands there twice', async () => {
    const row = '某法,修正,2025-10-28,,,公报,2026-11-01'
    expect(await csv(row, row)).toMatchObject([{ at: 2 }, { at: 3, reason: 'line.repeated' }])
  })
})

test('a file without the columns is no table', async () => {
  expect(await read('姓名,电话\n甲,1', '表.csv')).toBeNull()
})

test('the table that comes with the product is sound, and says 现行有效 of nothing', async () => {
  const name = join(root, 'server/policy/sample/status.csv')
  const findings = (await read(readFileSync(name), name)) ?? []
  expect(findings.length).toBeGreaterThan(50)
  expect(findings.filter(each => 'reason' in each)).toEqual([])
  const lines = findings.flatMap(each => ('line' in each ? [each.line] : []))
  expect(lines.filter(({ event }) => event === 'current')).toEqual([])
  // A change that counts from another day than its own has that day.
  expect(lines.filter(({ from }) => from === null)).toEqual([])
})
