import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { Lesson, LessonProgress, LessonRecord } from '#server/course/model'
import { importLessons } from '#server/course/service'
import { Question } from '#server/question/model'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

let names = 0
const somebody = () => app.as(`读者${(names += 1)}`)
const later = (seconds: number) => {
  app.now = new Date(app.now.getTime() + seconds * 1000)
}

/** A lesson of three sections and about 300 characters. */
const lessonFile = (order: number, { key = 'B', title = `第${order}课` } = {}) => ({
  name: `${String(order).padStart(2, '0')}-lesson.md`,
  text: `---
order: ${order}
title: ${title}
category: 基层治理
topic: 信访接待
minutes: 3
scene: 赶集日一早，信访窗口前已经排了七个人。
reviewBy: 2027-06-30
sources:
  - law: 信访工作条例
    article: 第二十二条
    checkedOn: 2026-10-08
questions:
${['甲', '乙', '丙', '丁']
  .map(
    name => `  - type: single
    stem: ${title}：群众${name}来访，先做哪一步？
    options:
      - text: 先登记
        ${key === 'A' ? 'key: true' : 'why: 顺序反了'}
      - text: 先听完
        ${key === 'B' ? 'key: true' : 'why: 顺序反了'}
    explanation: 先听后记。`,
  )
  .join('\n')}
---

## 场景

${'来访的人先要有人听。'.repeat(10)}

## 规定

${'条例写明了登记的期限。'.repeat(10)}

## 办法

${'听完之后逐项登记清楚。'.repeat(8)}

## 明天就能做的一件事

- 把登记本放到窗口。
`,
})
const load = (...files: { name: string; text: string }[]) => importLessons({ files, now: app.now })

beforeEach(async () => {
  app.now = new Date('2026-11-23T09:00:00+08:00')
  await Promise.all([Lesson.deleteMany({}), Question.deleteMany({}), LessonRecord.deleteMany({})])
})
afterEach(() => expect(app.failures).toEqual([]))

const reach = (cadre: SignedIn, id: string, section: number) =>
  cadre.call('POST /lessons/:id/reach', { params: { id }, body: { section } })
const lessonOf = async (cadre: SignedIn) => {
  const { lesson } = await cadre.call('GET /today')
  if (!lesson) throw new Error('no lesson today')
  return lesson
}
/** Reads the lesson of the day to its end at a plausible pace. */
const read = async (cadre: SignedIn) => {
  const { id, sections } = await lessonOf(cadre)
  for (let section = 0; section < sections; section += 1) {
    await reach(cadre, id, section)
    later(20)
  }
  return reach(cadre, id, sections - 1)
}

describe('importing lessons', () => {
  test('takes them once; a changed file is a new version', async () => {
    expect(await load(lessonFile(1), lessonFile(2))).toMatchObject({
      added: ['01-lesson.md', '02-lesson.md'],
    })
    const before = await Lesson.find({}).sort({ order: 1 }).lean()
    expect(await load(lessonFile(1), lessonFile(2))).toMatchObject({
      added: [],
      changed: [],
      unchanged: ['01-lesson.md', '02-lesson.md'],
    })
    expect(await load(lessonFile(1, { key: 'A' }))).toMatchObject({ changed: ['01-lesson.md'] })

    const after = await Lesson.find({}).sort({ order: 1 }).lean()
    expect(after.map(({ version }) => version)).toEqual([2, 1])
    expect(after[0]?.questions).toEqual(before[0]?.questions)
    expect(await Question.countDocuments({})).toBe(8)
    expect(await Question.findById(after[0]?.questions[0]).lean()).toMatchObject({ key: ['A'], version: 2 })
  })

  test('a broken file is rejected with its reasons and stops nothing', async () => {
    const report = await load({ name: 'x.md', text: '没有开头' }, lessonFile(1))
    expect(report.added).toEqual(['01-lesson.md'])
    expect(report.rejected[0]).toMatchObject({ file: 'x.md' })
    expect(report.rejected[0]?.reason).not.toBe('')
  })
})

describe('the lesson of the day', () => {
  test('is the first one, and its own questions come in the paper', async () => {
    await load(lessonFile(1), lessonFile(2))
    const cadre = await somebody()
    const { lesson, paper } = await cadre.call('GET /today')

    expect(lesson).toMatchObject({ title: '第1课', sections: 3, reached: 0, finished: false })
    expect(paper.questions.map(({ reason }) => reason)).toEqual([
      'lesson',
      'lesson',
      'lesson',
      'lesson',
      'topic',
    ])
    const { lessons } = await cadre.call('GET /lessons/upcoming')
    expect(lessons.map(({ title }) => title)).toEqual(['第1课', '第2课'])
    expect(lessons[0]?.tomorrow).toHaveLength(1)
  })

  test('goes on the day after it was finished, and stays while the day lasts', async () => {
    await load(lessonFile(1), lessonFile(2))
    const cadre = await somebody()
    await read(cadre)
    expect(await lessonOf(cadre)).toMatchObject({ title: '第1课', finished: true, reached: 3 })
    app.now = new Date('2026-11-24T09:00:00+08:00')
    expect((await lessonOf(cadre)).title).toBe('第2课')
  })

  test('stays while it is neither read nor worked through', async () => {
    await load(lessonFile(1), lessonFile(2))
    const cadre = await somebody()
    await lessonOf(cadre)
    app.now = new Date('2026-11-24T09:00:00+08:00')
    expect((await lessonOf(cadre)).title).toBe('第1课')
  })

  test('is passed when its paper was worked through unread, without points for it', async () => {
    await load(lessonFile(1), lessonFile(2))
    const cadre = await somebody()
    const { paper } = await cadre.call('GET /today')
    for (const { question } of paper.questions) {
      await cadre.call('POST /quiz/questions/:id/answer', {
        params: { id: question.id },
        body: { chosen: ['B'] },
      })
    }
    app.now = new Date('2026-11-24T09:00:00+08:00')
    expect((await lessonOf(cadre)).title).toBe('第2课')
    expect((await cadre.call('GET /points')).total).toBe(5)
  })

  test('is none after the last one', async () => {
    await load(lessonFile(1))
    await questions(10)
    const cadre = await somebody()
    await read(cadre)
    app.now = new Date('2026-11-24T09:00:00+08:00')
    const { lesson, paper } = await cadre.call('GET /today')
    expect(lesson).toBeNull()
    expect(paper.questions).toHaveLength(5)
    expect(await cadre.call('GET /lessons/upcoming')).toEqual({ lessons: [] })
  })
})

describe('reading', () => {
  test('to the end at a plausible pace finishes and pays once', async () => {
    await load(lessonFile(1))
    const cadre = await somebody()
    const { id } = await lessonOf(cadre)
    expect(await read(cadre)).toEqual({ reached: 3, finished: true, wait: 0, pointsEarned: 0, points: 2 })
    expect(await reach(cadre, id, 0)).toMatchObject({ finished: true, pointsEarned: 0, points: 2 })
    expect((await cadre.call('GET /points/entries', { query: {} })).entries.map(({ text }) => text)).toEqual([
      '11月23日 今日一课 《第1课》 +2，规则第1版',
    ])
    expect(await LessonProgress.countDocuments({ cadre: cadre.id })).toBe(0)
  })

  test('too fast has to wait, then finishes', async () => {
    await load(lessonFile(1))
    const cadre = await somebody()
    const { id } = await lessonOf(cadre)
    for (const section of [0, 1]) await reach(cadre, id, section)
    const early = await reach(cadre, id, 2)
    expect(early).toMatchObject({ reached: 3, finished: false, pointsEarned: 0 })
    expect(early.wait).toBeGreaterThan(5)
    later(early.wait - 1)
    expect(await reach(cadre, id, 2)).toMatchObject({ finished: false, wait: 1 })
    later(1)
    expect(await reach(cadre, id, 2)).toMatchObject({ finished: true, pointsEarned: 2, points: 2 })
  })

  test('finished twenty times at once is paid once', async () => {
    await load(lessonFile(1))
    const cadre = await somebody()
    const { id } = await lessonOf(cadre)
    for (const section of [0, 1, 2]) await reach(cadre, id, section)
    later(60)
    const replies = await Promise.all(Array.from({ length: 20 }, () => reach(cadre, id, 2)))
    expect(replies.every(({ finished, points }) => finished && points === 2)).toBe(true)
    expect(replies.filter(({ pointsEarned }) => pointsEarned === 2)).toHaveLength(1)
  })

  test('out of order is refused and changes nothing', async () => {
    await load(lessonFile(1))
    const cadre = await somebody()
    const { id } = await lessonOf(cadre)
    await expect(reach(cadre, id, 2)).rejects.toMatchObject({ status: 409, code: 'lesson.out-of-order' })
    expect((await lessonOf(cadre)).reached).toBe(0)
  })

  test.each([3, 99, -1, 1.5, '1'])('section %j of three is refused', async section => {
    await load(lessonFile(1))
    const cadre = await somebody()
    const { id } = await lessonOf(cadre)
    await expect(reach(cadre, id, section as number)).rejects.toMatchObject({
      status: 400,
      code: 'request.invalid',
    })
  })

  test('a lesson that is not there is 404', async () => {
    const cadre = await somebody()
    for (const id of [String(new Types.ObjectId()), 'x']) {
      await expect(cadre.call('GET /lessons/:id', { params: { id } })).rejects.toMatchObject({ status: 404 })
      await expect(reach(cadre, id, 0)).rejects.toMatchObject({ status: 404 })
    }
  })

  test('a lesson past its review-by date says so', async () => {
    await load(lessonFile(1))
    const { id } = await lessonOf(await somebody())
    app.now = new Date('2027-07-01T09:00:00+08:00')
    const cadre = await somebody()
    expect(await cadre.call('GET /lessons/:id', { params: { id } })).toMatchObject({
      overdue: true,
      reviewBy: '2027-06-30',
    })
  })
})
