import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import mongoose from 'mongoose'
import type { QuestionDraft } from '#server/question/draft'
import { Question, QuestionReport } from '#server/question/model'
import {
  answerReport,
  correctQuestion,
  drawCandidates,
  findQuestions,
  importDrafts,
  importQuestionFile,
  importQuestions,
  onCorrection,
  openReports,
  publishedByIds,
  reportQuestion,
  topicCounts,
} from '#server/question/service'
import { sheet, zip } from '../support/documents.ts'

const now = new Date('2026-11-23T01:00:00Z')
const header = ['题型', '题干', 'A', 'B', 'C', 'D', '答案', '知识点']
const rows = [
  ['单选题', '我国的首都是（ ）。', '上海', '北京', '广州', '深圳', 'B', '国情'],
  ['多选题', '下列属于直辖市的有（ ）。', '北京', '天津', '苏州', '重庆', 'ABD', '国情'],
  ['判断题', '长江是我国最长的河流。', '', '', '', '', '对', '地理'],
]
const directory = mkdtempSync(join(tmpdir(), 'questions-'))

function file(content: Buffer | string, name = 'bank.xlsx'): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

beforeAll(async () => {
  await mongoose.connect(process.env.TEST_MONGODB_URI ?? '', { dbName: `question-${process.pid}` })
  await Promise.all([Question.init(), QuestionReport.init()])
})
beforeEach(async () => {
  await Promise.all([Question.deleteMany({}), QuestionReport.deleteMany({})])
})
afterAll(async () => {
  await mongoose.connection.dropDatabase()
  await mongoose.disconnect()
  rmSync(directory, { recursive: true })
})

describe('a file is imported', () => {
  it('once: the second time everything is a duplicate and nothing changes', async () => {
    const path = file(sheet([header, ...rows]))
    const first = await importQuestionFile({ file: path, now })
    expect(first).toMatchObject({ bank: 'bank', total: 3, accepted: 3, duplicate: 0, rejected: 0 })
    const before = await Question.find().lean()
    const second = await importQuestionFile({ file: path, now: new Date('2027-01-01') })
    expect(second).toMatchObject({ total: 3, accepted: 0, duplicate: 3, rejected: 0 })
    expect(await Question.find().lean()).toEqual(before)
  })

  it('into the bank it is told, which knows nothing of others', async () => {
    const path = file(sheet([header, ...rows]))
    await importQuestionFile({ file: path, bank: '一', now })
    expect(await importQuestionFile({ file: path, bank: '二', now })).toMatchObject({ accepted: 3 })
  })

  it('not at all in a dry run, which reports the same', async () => {
    const path = file(sheet([header, ...rows, rows[0] ?? []]))
    const dry = await importQuestionFile({ file: path, dryRun: true, now })
    expect(await Question.countDocuments()).toBe(0)
    const real = await importQuestionFile({ file: path, now })
    expect(dry).toEqual({ ...real, dryRun: true })
    expect(real).toMatchObject({ accepted: 3, duplicate: 1 })
  })

  it('with each bad row named and the rest taken', async () => {
    const report = await importQuestionFile({
      file: file(sheet([header, ['单选题', '哪个最大？', '一', '二', '', '', 'C', ''], ...rows])),
      now,
    })
    expect(report).toMatchObject({ accepted: 3, rejected: 1, reasons: { 'answer.not-an-option': 1 } })
    expect(report.rows[0]).toEqual({
      file: 'bank.xlsx',
      place: 'Sheet1 row 2',
      outcome: 'rejected',
      code: 'answer.not-an-option',
      reason: '答案不在选项里',
      stem: '哪个最大？',
    })
  })

  it('with another key for a known question rejected as a conflict, in the file or in the bank', async () => {
    const [single = []] = rows
    const other = single.map(cell => (cell === 'B' ? 'A' : cell))
    const report = await importQuestionFile({ file: file(sheet([header, single, other])), now })
    expect(report).toMatchObject({ accepted: 1, rejected: 1, reasons: { 'question.conflict': 1 } })
    const again = await importQuestionFile({
      file: file(sheet([header, other]), 'b.xlsx'),
      bank: 'bank',
      now,
    })
    expect(again).toMatchObject({ accepted: 0, reasons: { 'question.conflict': 1 } })
  })

  it('where options in another order are the same question', async () => {
    const shuffled = ['单选题', '我国的首都是____', '北京', '深圳', '广州', '上海', 'A', '']
    const report = await importQuestionFile({ file: file(sheet([header, ...rows, shuffled])), now })
    expect(report).toMatchObject({ accepted: 3, duplicate: 1 })
  })

  it('by two processes at once without anything twice', async () => {
    const path = file(sheet([header, ...rows]))
    const reports = await Promise.all([1, 2, 3].map(() => importQuestionFile({ file: path, now })))
    expect(reports.map(({ rejected }) => rejected)).toEqual([0, 0, 0])
    expect(reports.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(3)
    expect(await Question.countDocuments()).toBe(3)
  })

  it('with progress on long files', async () => {
    const many = Array.from({ length: 450 }, (_, i) => [
      '判断题',
      `第${i}条规定仍然有效。`,
      '',
      '',
      '',
      '',
      '对',
      '',
    ])
    const steps: number[] = []
    const onProgress = (done: number) => void steps.push(done)
    await importQuestionFile({ file: file(sheet([header, ...many])), now, onProgress })
    expect(steps).toEqual([200, 400, 450])
  })

  it('unless it cannot be read: then the report says why', async () => {
    const bomb = zip({ 'xl/workbook.xml': 'x' }, { 'xl/workbook.xml': 2 ** 31 })
    const reasonOf = async (content: Buffer | string, name: string) =>
      (await importQuestionFile({ file: file(content, name), now })).rows.map(({ code }) => code)
    expect(await reasonOf(bomb, 'bomb.xlsx')).toEqual(['file.too-large'])
    expect(await reasonOf(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'cut.xlsx')).toEqual(['file.broken'])
    expect(await reasonOf('%PDF-1.7', 'a.pdf')).toEqual(['file.unsupported'])
    expect(await reasonOf('', 'empty.txt')).toEqual(['file.empty'])
    expect(await reasonOf('一段与题目无关的话。', 'words.txt')).toEqual(['layout.unknown'])
  })

  it('with overlong blanks kept out of daily papers', async () => {
    const long = '以习近平同志为核心的党中央集中统一领导和全面部署安排'
    const text = `填空题\n1、成立于____年。\n答案：1949\n2、坚持（ ）。\n答案：${long}`
    await importQuestionFile({ file: file(text, 'blank.txt'), now })
    expect((await Question.find().sort({ daily: 1 })).map(({ daily }) => daily)).toEqual([false, true])
  })
})

const draft = (stem: string, topic: string): QuestionDraft => ({
  type: 'single',
  stem,
  options: ['甲', '乙', '丙'].map((text, i) => ({ label: 'ABC'[i] ?? '', text, why: '' })),
  key: ['A'],
  ordered: false,
  explanation: '',
  topic,
  difficulty: null,
  sources: [],
})

const fill = async (count: number, topic = '基层') => {
  const entries = Array.from({ length: count }, (_, i) => ({
    draft: draft(`${topic}第${i}题？`, topic),
    origin: 'test',
  }))
  return (await importQuestions({ bank: 'b', entries, now })).map(({ id }) => id ?? '')
}

describe('the bank', () => {
  it('finds questions by id in the order asked', async () => {
    const [a = '', b = ''] = await fill(2)
    expect((await findQuestions([b, a, '0123456789abcdef01234567', 'nonsense'])).map(({ id }) => id)).toEqual(
      [b, a],
    )
    await Question.updateOne({ _id: a }, { status: 'retired' })
    expect((await publishedByIds([b, a])).map(({ id }) => id)).toEqual([b])
  })

  it('draws from a point on and round to the start, each once', async () => {
    await fill(20)
    await fill(5, '农业')
    const all = await drawCandidates({ topics: ['基层'], from: 0.5, limit: 60 })
    expect(new Set(all.map(({ id }) => id)).size).toBe(20)
    const draws = new Map((await Question.find().lean()).map(({ _id, draw }) => [String(_id), draw]))
    const order = all.map(({ id }) => ((draws.get(id) ?? 0) + 0.5) % 1)
    expect(order).toEqual([...order].sort((x, y) => x - y))
    expect(await drawCandidates({ topics: [], from: 0.9, limit: 7 })).toHaveLength(7)
    expect(await drawCandidates({ topics: [], from: 0, limit: 60 })).toHaveLength(25)
  })

  it('counts topics', async () => {
    await fill(3)
    await fill(5, '农业')
    expect(await topicCounts()).toEqual([
      { topic: '农业', questions: 5 },
      { topic: '基层', questions: 3 },
    ])
  })
})

describe('a correction', () => {
  it('is a new version that keeps the old key and tells listeners', async () => {
    const [id = ''] = await fill(1)
    const heard: number[] = []
    const end = onCorrection(async ({ version }) => void heard.push(version))
    expect(await correctQuestion({ id, key: ['B'], explanation: '新', now })).toEqual({ version: 2 })
    end()
    expect(heard).toEqual([2])
    expect(await Question.findById(id).lean()).toMatchObject({
      key: ['B'],
      version: 2,
      history: [{ version: 1, key: ['A'], explanation: '' }],
    })
    const report = await importQuestions({
      bank: 'b',
      entries: [{ draft: draft('基层第0题？', '基层'), origin: '' }],
      now,
    })
    expect(report).toEqual([{ outcome: 'duplicate', id }])
  })

  it.each([[['D']], [['A', 'B']], [[]]])('to %j is refused', async key => {
    const [id = ''] = await fill(1)
    await expect(correctQuestion({ id, key, explanation: '', now })).rejects.toMatchObject({
      code: 'request.invalid',
    })
  })

  it('comes with a lesson file that was changed', async () => {
    const entry = { draft: draft('课后第一题？', '课'), origin: 'lesson' }
    const [first] = await importDrafts({ bank: 'lesson:a', drafts: [entry], now })
    const changed = { ...entry, draft: { ...entry.draft, key: ['C'], explanation: '改' } }
    expect(await importDrafts({ bank: 'lesson:a', drafts: [changed], now })).toEqual([first])
    expect(await Question.findById(first?.id).lean()).toMatchObject({ key: ['C'], version: 2 })
  })
})

describe('这题有误', () => {
  const cadreId = '0123456789abcdef01234567'

  it('is answered within five working days, once at a time', async () => {
    const [questionId = ''] = await fill(1)
    const call = { cadreId, questionId, reason: 'key' as const, text: '应选 B', now }
    expect(await reportQuestion(call)).toEqual({ replyBy: '2026-11-30' })
    await expect(reportQuestion(call)).rejects.toMatchObject({ code: 'report.duplicate' })
    const [open] = await openReports()
    expect(open).toMatchObject({ questionId, reason: 'key', text: '应选 B', replyBy: '2026-11-30' })
    const id = open?.id ?? ''
    expect(await answerReport({ id, reply: '已更正', now })).toEqual({ cadreId, questionId })
    expect(await openReports()).toEqual([])
    await expect(answerReport({ id, reply: '', now })).rejects.toMatchObject({ code: 'not-found' })
    expect(await reportQuestion(call)).toEqual({ replyBy: '2026-11-30' })
  })
})
