import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Types } from 'mongoose'
import { PolicyArticle, PolicyDocument, PolicyFact, PolicyVersion } from '#server/policy/model'
import { findFiles, importPolicyFiles, timelinesOf } from '#server/policy/service'
import { periodOn, standingOn } from '#server/policy/timeline'
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

test('a file of another format is passed over in a folder and refused where it is named', async () => {
  const source = put('某办法.rtf', '{\\rtf1}')
  expect(await outcomes()).toEqual(['skipped'])
  expect((await load({ source })).rows).toMatchObject([{ outcome: 'rejected', code: 'file.unsupported' }])
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
