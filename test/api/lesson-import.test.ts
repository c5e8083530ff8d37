import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Lesson } from '#server/course/model'
import { importLessons } from '#server/course/service'
import { Question } from '#server/question/model'
import { startApp } from '../support/app.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })
beforeEach(() => Promise.all([Lesson.deleteMany({}), Question.deleteMany({})]))
afterEach(() => expect(app.failures).toEqual([]))

interface Written {
  stem?: string
  right?: string
  why?: string
  explanation?: string
}

/** A lesson file with one question for each of `questions`. */
const lessonFile = (...questions: Written[]) => ({
  name: '01-lesson.md',
  text: `---
order: 1
title: 接访
category: 基层治理
topic: 信访接待
minutes: 3
scene: 赶集日一早，信访窗口前已经排了七个人。
reviewBy: 2027-06-30
sources:
  - law: 信访工作条例
questions:
${questions.map(questionText).join('\n')}
---

## 场景

来访的人先要有人听。
`,
})

const questionText = ({
  stem = '群众来访，先做哪一步？',
  right = '先听完，再登记',
  why = '顺序反了',
  explanation = '先听后记。',
}: Written) => `  - type: single
    stem: ${stem}
    options:
      - text: 先登记
        why: ${why}
      - text: ${right}
        key: true
    explanation: ${explanation}`

const load = (...questions: Written[]) => importLessons({ files: [lessonFile(...questions)], now: app.now })

test('a comma written otherwise in an option is still the same question, with the new explanation', async () => {
  await load({})

  expect(await load({ right: '先听完,再登记', explanation: '听完才记得准。' })).toMatchObject({
    changed: ['01-lesson.md'],
    rejected: [],
  })
  expect(await Question.find({}).lean()).toMatchObject([{ key: ['B'], explanation: '听完才记得准。' }])
})

test('a better reason why an option is wrong is taken', async () => {
  await load({})
  await load({ why: '没听完就登记，容易记错' })

  const [question] = await Question.find({}).lean()
  expect(question?.options.map(({ why }) => why)).toEqual(['没听完就登记，容易记错', ''])
})

test('a question that is no longer in the file is retired, and comes back with it', async () => {
  await load({}, { stem: '登记要写哪几样？' })
  await load({})
  const statuses = async () => (await Question.find({}).sort({ _id: 1 }).lean()).map(({ status }) => status)
  expect(await statuses()).toEqual(['published', 'retired'])

  await load({}, { stem: '登记要写哪几样？' })
  expect(await statuses()).toEqual(['published', 'published'])
})

test('marking again that was cut short is finished by the next import', async () => {
  await load({})
  const cadre = await app.as('学课')
  const { paper } = await cadre.call('GET /today')
  const id = paper.questions[0]?.question.id ?? ''
  await cadre.call('POST /quiz/questions/:id/answer', { params: { id }, body: { chosen: ['A'] } })
  // What a process leaves that ends right after it stored the corrected key.
  await Question.updateOne({ _id: id }, { key: ['A'], version: 2 })

  const file = lessonFile({})
  const corrected = file.text
    .replace('why: 顺序反了', 'key: true')
    .replace(/(再登记\n\s+)key: true/, '$1why: 太晚')
  await importLessons({ files: [{ ...file, text: corrected }], now: app.now })

  expect(await cadre.call('GET /points')).toMatchObject({ total: 1 })
})
