import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals'
import { PolicyArticle, PolicyDocument, PolicyFact, PolicyVersion } from '#server/policy/model'
import { findFiles, importPolicyFiles, importStatusTable, timelinesOf } from '#server/policy/service'
import { isConfirmed, periodOn, standingOn } from '#server/policy/timeline'
import { startDatabase } from '../support/app.ts'

startDatabase()
const now = new Date('2026-11-24T09:00:00+08:00')
let folder = ''
const folders: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rizhi-law-'))
  folders.push(folder)
})
afterEach(async () => {
  await PolicyDocument.deleteMany({})
  await PolicyVersion.deleteMany({})
  await PolicyArticle.deleteMany({})
  await PolicyFact.deleteMany({})
})
afterAll(() => folders.forEach(each => rmSync(each, { recursive: true, force: true })))

function put(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}

async function load(more: { collectedOn?: string; source?: string } = {}) {
  const source = more.source ?? folder
  const files = (await findFiles(source)) ?? []
  return importPolicyFiles({ source, files, collectedOn: more.collectedOn ?? null, now })
}

const timelineOfOnly = async () => {
  const document = await PolicyDocument.findOne({}).lean()
  const id = document?._id.toString() ?? ''
  return (await timelinesOf([id])).get(id) ?? []
}

const FIRST = '# 某县用水条例\n\n第一条 用水先登记。\n\n第二条 本条例自2019年5月1日起施行。'

const HEAD = '文件名称,事件,日期,施行日期,取代它的文件,来源,核对日期'
const table = (...rows: string[]) =>
  importStatusTable({ file: put('状态.csv', [HEAD, ...rows].join('\n')), now })
const AMENDED = '某县用水条例,修正,2025-12-01,2026-01-01,,公报,2026-11-01'

test('the table knows of a version that is not stored: the stored one is no longer quoted as in force', async () => {
  put('某县用水条例(2019-03-01).md', FIRST)
  await load()
  expect(await table(AMENDED)).toMatchObject({ added: 1, absent: 0, rejected: [] })
  const timeline = await timelineOfOnly()
  expect(timeline.map(period => standingOn(period, '2026-11-24'))).toEqual(['superseded', 'in-force'])
  expect(periodOn(timeline, '2026-11-24')).toMatchObject({ versions: [], day: '2025-12-01' })
})

test('a table is the authority on its own lines: changed and withdrawn ones follow it, those of others stay', async () => {
  await table(AMENDED, '某县用电条例,废止,2025-01-01,,,公报,2026-11-01')
  await importStatusTable({
    file: put('别的.csv', `${HEAD}\n某县用气条例,废止,2025-01-01,,,公报,2026-11-01`),
    now,
  })
  expect(await table(AMENDED.replace('2026-01-01', '2026-02-01'))).toMatchObject({
    added: 0,
    changed: 1,
    unchanged: 0,
    withdrawn: 1,
  })
  expect(await PolicyFact.countDocuments({})).toBe(2)
  expect(await table(AMENDED, '某县用电条例,没了,2025-01-01,,,公报,2026-11-01')).toMatchObject({
    added: 0,
    rejected: [{ at: 3 }],
  })
  expect(await PolicyFact.countDocuments({})).toBe(2)
})

test('现行有效 is said only of what an editor confirmed', async () => {
  put('某县用水条例(2019-03-01).md', FIRST)
  await load()
  const confirmed = async () => (await timelineOfOnly()).map(period => isConfirmed(period, '2026-11-24'))
  expect(await confirmed()).toEqual([false])
  await table('某县用水条例,现行有效,2019-03-01,,,县司法局清理结果,2026-11-01')
  expect(await confirmed()).toEqual([true])
})

test('a law that says it repeals another one ends it', async () => {
  put('旧/某县用水办法(2001-01-01).md', '# 某县用水办法\n\n第一条 旧规定。')
  put(
    '新/某县节水条例(2019-03-01).md',
    '# 某县节水条例\n\n第一条 节水。\n\n第二条 本条例自2019年5月1日起施行。《某县用水办法》同时废止。',
  )
  await load()
  const old = await PolicyDocument.findOne({ key: '某县用水办法' }).lean()
  const id = old?._id.toString() ?? ''
  const [period] = (await timelinesOf([id])).get(id) ?? []
  expect(period).toMatchObject({
    until: '2019-05-01',
    ending: { kind: 'repeal', source: '《某县节水条例》第二条' },
  })
})

test('a repeal of a notice means the one of that number, and the rules that a notice issues', async () => {
  const notice = (number: number, title: string) =>
    `某政办发〔2018〕${number}号\n某县人民政府办公室关于${title}的通知\n各乡镇：\n请执行。\n某县人民政府办公室\n2018年2月${number}日`
  put('1.txt', notice(1, '做好防火工作'))
  put('2.txt', notice(2, '做好防火工作'))
  put('3.txt', notice(3, '印发《某县旧办法》'))
  const repeals =
    '《某县人民政府办公室关于做好防火工作的通知》（某政办发〔2018〕2号）、《某县旧办法》同时废止。'
  put('某县防火办法(2024-03-01).md', `# 某县防火办法\n\n第一条 本办法自2024年5月1日起施行。${repeals}`)
  await load()
  const documents = await PolicyDocument.find({}).sort({ day: 1 }).lean()
  const timelines = await timelinesOf(documents.map(({ _id }) => _id.toString()))
  const ended = documents.map(({ _id }) => timelines.get(_id.toString())?.[0]?.until)
  expect(ended).toEqual([null, '2024-05-01', '2024-05-01', null])
})
