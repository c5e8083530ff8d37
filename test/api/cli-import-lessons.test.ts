import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { signIn } from '#server/account/service'
import { readEnv } from '#server/base/env'
import { importLessonFolder } from '#server/cli/import-lessons'
import { totalOf } from '#server/points/service'
import { answer, today } from '#server/quiz/service'
import { transaction } from '#server/base/mongo'
import { startDatabase } from '../support/app.ts'

startDatabase()
const now = new Date('2026-11-23T09:00:00+08:00')
const folder = mkdtempSync(join(tmpdir(), 'rizhi-lessons-'))

const lesson = (right: 'A' | 'B') => `---
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
  - type: single
    stem: 群众来访，先做哪一步？
    options:
      - text: 先登记
        ${right === 'A' ? 'key: true' : 'why: 顺序反了'}
      - text: 先听完
        ${right === 'B' ? 'key: true' : 'why: 顺序反了'}
    explanation: 先听后记。
---

## 场景

来访的人先要有人听。
`

const load = (right: 'A' | 'B') => {
  writeFileSync(join(folder, '01-lesson.md'), lesson(right))
  const terminal = { line: () => undefined, progress: () => undefined, end: () => undefined }
  return importLessonFolder.run({ words: [folder], options: {}, now, terminal, env: () => readEnv({}) })
}

test('a lesson that comes with a corrected key has its answers marked again and paid', async () => {
  await load('B')
  const { cadre } = await signIn({ code: 'demo:学课', device: '', now }, { demo: true })
  const { paper } = await today({ cadreId: cadre.id, now })
  const questionId = paper.questions[0]?.question.id ?? ''
  await answer({ cadreId: cadre.id, questionId, chosen: ['A'], now })

  await load('A')

  expect(await transaction(session => totalOf(cadre.id, session))).toBe(1)
})
