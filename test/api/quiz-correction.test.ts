import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { audit } from '#server/points/service'
import { correctQuestion } from '#server/question/service'
import { Question } from '#server/question/model'
import { Attempt, Memory } from '#server/quiz/model'
import { onRegraded, regrade, type Regraded, regradeLately } from '#server/quiz/service'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })
const told: Regraded[] = []
onRegraded(async regraded => void told.push(regraded))

let names = 0
const somebody = () => app.as(`更正${(names += 1)}`)
const answer = (cadre: SignedIn, id: string, chosen: string[], round = 1) =>
  cadre.call('POST /quiz/questions/:id/answer', { params: { id }, body: { chosen, round } })

let id = ''
beforeEach(async () => {
  told.length = 0
  app.now = new Date('2026-11-23T09:00:00+08:00')
  await Question.deleteMany({})
  await questions(5)
  id = String((await Question.findOne({}).lean())?._id)
})
afterEach(async () => {
  expect(app.failures).toEqual([])
  expect(await audit(() => {})).toMatchObject({ mismatches: 0 })
})

/** Gives the question another key and marks again. */
const correct = async (key: string[]) => {
  await correctQuestion({ id, key, explanation: '更正后的解析', now: app.now })
  return regrade({ questionId: id, now: app.now })
}

test('who was right after all is paid by a new entry, outside the cap, and told', async () => {
  const cadre = await somebody()
  const { paper } = await cadre.call('GET /today')
  expect(await answer(cadre, id, ['C'])).toMatchObject({ correct: false, pointsEarned: 0 })
  app.now = new Date('2026-11-25T09:00:00+08:00')

  await correct(['C'])

  const { entries } = await cadre.call('GET /points/entries', { query: {} })
  const number = paper.questions.find(({ question }) => question.id === id)?.number
  expect(entries.map(({ text }) => text)).toEqual([`11月25日 更正 11月23日第${number}题 +1，规则第1版`])
  expect(await cadre.call('GET /points')).toMatchObject({ total: 1, today: { points: 0 } })
  expect(told).toMatchObject([
    { cadreId: cadre.id, questionId: id, paperId: paper.id, correct: true, points: 1 },
  ])
  expect(await Memory.findOne({ cadre: cadre.id, question: id }).lean()).toMatchObject({
    missed: 0,
    dueOn: null,
  })
})

test('doing it again changes nothing', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  await answer(cadre, id, ['C'])
  await correct(['C'])
  await regrade({ questionId: id, now: app.now })
  await correct(['A'])
  await correct(['C'])

  expect(await cadre.call('GET /points')).toMatchObject({ total: 1 })
})

test('who answered as the bank had it keeps the point, and the question comes back', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  await answer(cadre, id, ['B'])

  await correct(['C'])

  expect(await cadre.call('GET /points')).toMatchObject({ total: 1 })
  expect(told).toMatchObject([{ cadreId: cadre.id, correct: false, points: 0 }])
  expect(await Memory.findOne({ cadre: cadre.id, question: id }).lean()).toMatchObject({
    missed: 1,
    dueOn: '2026-11-24',
  })
  // Asked again in the same quiz, it is not paid a second time.
  expect(await answer(cadre, id, ['C'], 2)).toMatchObject({ correct: true, pointsEarned: 0, points: 1 })
})

test('paid by a correction, it is not paid again when another correction opens it anew', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  await answer(cadre, id, ['C'])
  await correct(['C'])
  await correct(['A'])

  expect(await answer(cadre, id, ['A'], 2)).toMatchObject({ correct: true, pointsEarned: 0, points: 1 })
})

test('a run that a newer correction overtook leaves what the newer one settled', async () => {
  const cadres = [await somebody(), await somebody()]
  for (const cadre of cadres) {
    await cadre.call('GET /today')
    await answer(cadre, id, ['C'])
  }
  let overtaken = false
  onRegraded(async () => {
    if (overtaken) return
    overtaken = true
    await correct(['A'])
  })

  await correctQuestion({ id, key: ['C'], explanation: '更正后的解析', now: app.now })

  const attempts = await Attempt.find({ question: id }).lean()
  expect(attempts.map(({ regraded }) => regraded)).toMatchObject([
    { version: 3, correct: false },
    { version: 3, correct: false },
  ])
})

test('who had corrected it in the same quiz was paid already', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  await answer(cadre, id, ['C'])
  await answer(cadre, id, ['B'], 2)

  await correct(['C'])

  expect(await cadre.call('GET /points')).toMatchObject({ total: 1 })
  expect(told).toMatchObject([{ correct: true, points: 0 }])
})

test('a better explanation alone changes no mark and tells nobody', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  await answer(cadre, id, ['A'])
  await correct(['B'])
  expect(told).toEqual([])
})

test('what a stopped run left untold is told by the next', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  await answer(cadre, id, ['C'])
  let broken = true
  onRegraded(async () => {
    if (broken) throw new Error('stopped')
  })
  await expect(correct(['C'])).rejects.toThrow('stopped')
  broken = false
  told.length = 0
  await regrade({ questionId: id, now: app.now })

  expect(told).toMatchObject([{ cadreId: cadre.id, correct: true, points: 1 }])
  expect(await cadre.call('GET /points')).toMatchObject({ total: 1 })
})

test('an answer that a correction overtook, or a run cut short, is made up for every night', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  await answer(cadre, id, ['C'])
  // What is there when the answer was written after the run, or the process ended before it.
  const old = { version: 1, key: ['B'], explanation: '', until: app.now }
  await Question.updateOne({ _id: id }, { $set: { key: ['C'], version: 2 }, $push: { history: old } })

  app.now = new Date('2026-11-24T03:20:00+08:00')
  const kept: string[] = []
  const keep = async (cursor: string) => void kept.push(cursor)
  await regradeLately({ cursor: null, keep, now: () => app.now })

  expect(await cadre.call('GET /points')).toMatchObject({ total: 1 })
  expect(kept).toEqual([id])
})

test('这题有误 is taken once, only for a question of one’s own paper, and answered within five working days', async () => {
  const cadre = await somebody()
  await cadre.call('GET /today')
  const report = (question: string, text = '答案不对') =>
    cadre.call('POST /quiz/questions/:id/reports', {
      params: { id: question },
      body: { reason: 'key', text },
    })

  expect(await report(id)).toEqual({ replyBy: '2026-11-30' })
  await expect(report(id)).rejects.toMatchObject({ status: 409, code: 'report.duplicate' })
  await expect(report(String(new Types.ObjectId()))).rejects.toMatchObject({ status: 404 })
  await expect(report(id, '机密★十年')).rejects.toMatchObject({ status: 422, code: 'text.classified' })
})
