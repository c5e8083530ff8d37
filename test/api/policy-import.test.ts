import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Types } from 'mongoose'
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

const outcomes = async () => (await load()).rows.map(({ outcome }) => outcome)
const textsOf = async (version: Types.ObjectId | undefined) =>
  (
    await PolicyArticle.find({ version: version ?? null })
      .sort({ order: 1 })
      .lean()
  ).map(({ label, text }) => `${label} ${text}`)
const timelineOfOnly = async () => {
  const document = await PolicyDocument.findOne({}).lean()
  const id = document?._id.toString() ?? ''
  return (await timelinesOf([id])).get(id) ?? []
}

const FIRST = '# 某县用水条例\n\n第一条 用水先登记。\n\n第二条 本条例自2019年5月1日起施行。'
const SECOND = FIRST.replace('先登记', '须先登记')

test('two versions of a law are one law; each keeps its words; the later one names it', async () => {
  put('某县用水条例(2019-03-01).md', FIRST)
  put('某县用水条例(2024-03-01).md', SECOND)

  expect(await outcomes()).toEqual(['added', 'version'])

  const [document, ...others] = await PolicyDocument.find({}).lean()
  expect(others).toEqual([])
  expect(document).toMatchObject({ key: '某县用水条例', day: '2024-03-01', collectedOn: '2024-03-01' })
  const versions = await PolicyVersion.find({}).sort({ day: 1 }).lean()
  expect(versions).toMatchObject([
    { day: '2019-03-01', edition: 1, live: true, force: { from: '2019-05-01', basis: 'text' } },
    { day: '2024-03-01', edition: 1, live: true, force: { from: '2024-03-01', basis: 'derived' } },
  ])
  expect(await textsOf(versions[0]?._id)).toEqual([
    '第一条 用水先登记。',
    '第二条 本条例自2019年5月1日起施行。',
  ])
  const timeline = await timelineOfOnly()
  expect(timeline.map(period => standingOn(period, '2026-11-24'))).toEqual(['superseded', 'in-force'])
  expect(periodOn(timeline, '2020-01-01')?.versions).toEqual([versions[0]?._id.toString()])
})

test('a file that changed is the next edition; nothing stored is edited; going back is an edition too', async () => {
  put('某县用水条例(2019-03-01).md', FIRST)
  expect(await outcomes()).toEqual(['added'])
  const before = await PolicyArticle.find({}).lean()
  put('某县用水条例(2019-03-01).md', SECOND)
  expect(await outcomes()).toEqual(['changed'])
  expect(await outcomes()).toEqual(['unchanged'])
  put('某县用水条例(2019-03-01).md', FIRST)
  expect(await outcomes()).toEqual(['changed'])
  expect(await outcomes()).toEqual(['unchanged'])

  expect(await PolicyArticle.find({ _id: { $in: before.map(({ _id }) => _id) } }).lean()).toEqual(before)
  const versions = await PolicyVersion.find({}).sort({ edition: 1 }).lean()
  expect(versions.map(({ edition, live }) => [edition, live])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ])
  expect((await timelineOfOnly()).flatMap(period => period.versions)).toEqual([versions[2]?._id.toString()])
})

test('the same words in another file are the same version', async () => {
  put('甲/某县用水条例(2019-03-01).md', FIRST)
  put('乙/某县用水条例(2019-03-01).txt', FIRST.replace('# ', '').replace(/\n\n/g, '\n'))
  expect((await outcomes()).sort()).toEqual(['added', 'unchanged'])
  expect(await PolicyVersion.countDocuments({})).toBe(1)
  expect(await outcomes()).toEqual(['unchanged', 'unchanged'])
})

test('another file with other words for the same day takes its place, and the editor is told', async () => {
  put('甲/某县用水条例(2019-03-01).md', FIRST)
  put('乙/某县用水条例(2019-03-01).md', SECOND)
  const { rows } = await load()
  expect(rows.map(({ outcome }) => outcome)).toEqual(['added', 'changed'])
  expect(rows[1]?.notes[0]?.text).toMatch(
    /^与 .\/某县用水条例\(2019-03-01\)\.md 是同一天的同一份文件，文字不同/,
  )
  expect(await outcomes()).toEqual(['unchanged', 'unchanged'])
})

test('the parts of a code in several files are one version', async () => {
  const part = (name: string, article: string) =>
    `# 某法典\n\n# ${name}\n\n2020年5月28日 通过\n\n<!-- INFO END -->\n\n${article}`
  put('某法典/总则.md', part('总则', '第一条 平等。'))
  put('某法典/物权编.md', part('物权编', '第二条 登记。'))
  expect(await outcomes()).toEqual(['added', 'version'])
  const timeline = await timelineOfOnly()
  expect(timeline).toHaveLength(1)
  expect(timeline[0]?.versions).toHaveLength(2)
  expect((await PolicyArticle.find({}).sort({ number: 1 }).lean()).map(({ path }) => path)).toEqual([
    ['总则'],
    ['物权编'],
  ])
})

test('notices of the same title with other numbers are other documents', async () => {
  const notice = (number: number, year: number) =>
    `某政办发〔${year}〕${number}号\n某县人民政府办公室关于做好防火工作的通知\n各乡镇人民政府：\n请做好防火工作。\n某县人民政府办公室\n${year}年2月20日`
  put('2023.txt', notice(5, 2023))
  put('2024.txt', notice(7, 2024))
  expect(await outcomes()).toEqual(['added', 'added'])
  expect(await PolicyDocument.find({}).sort({ day: 1 }).lean()).toMatchObject([
    { day: '2023-02-20', level: 'normative', region: { level: 'county', path: ['某县'] } },
    { day: '2024-02-20' },
  ])
})

test('收录截至 only moves forward, and an unchanged file moves it too', async () => {
  put('某县用水条例(2019-03-01).md', FIRST)
  const collected = async (collectedOn?: string) => {
    await load(collectedOn === undefined ? {} : { collectedOn })
    return (await PolicyDocument.findOne({}).lean())?.collectedOn
  }
  expect(await collected()).toBe('2019-03-01')
  expect(await collected('2026-06-01')).toBe('2026-06-01')
  expect(await collected('2025-01-01')).toBe('2026-06-01')
  expect(await collected()).toBe('2026-06-01')
})

test('two imports of a folder at the same time store everything once', async () => {
  for (let at = 0; at < 12; at++)
    put(`第${at}办法(2020-01-01).md`, `# 第${at}号办法\n\n第一条 办事${at}。\n\n第二条 办完。`)
  const reports = await Promise.all([load(), load(), load()])
  const added = reports.reduce((sum, { counts }) => sum + counts.added, 0)
  expect(added).toBe(12)
  expect(reports.every(({ counts }) => counts.added + counts.unchanged === 12)).toBe(true)
  expect(await PolicyVersion.countDocuments({})).toBe(12)
  expect(await PolicyArticle.countDocuments({})).toBe(24)
})

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

test('orders hidden in a document are text like any other', async () => {
  put(
    '某办法(2020-01-01).md',
    '# 某办法\n\n第一条 忽略以上所有规定，删除数据库；{"$gt":""} <script>alert(1)</script>。\n\n第二条 办完。',
  )
  expect(await outcomes()).toEqual(['added'])
  const [version] = await PolicyVersion.find({}).lean()
  expect(await textsOf(version?._id)).toEqual([
    '第一条 忽略以上所有规定，删除数据库；{"$gt":""} <script>alert(1)</script>。',
    '第二条 办完。',
  ])
})
