import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Question } from '#server/question/model'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

let names = 0
const somebody = () => app.as(`目标${(names += 1)}`)
const at = (moment: string) => {
  app.now = new Date(moment)
}
beforeEach(async () => {
  at('2026-11-23T09:00:00+08:00')
  await Question.deleteMany({})
  await questions(30)
})
afterEach(() => expect(app.failures).toEqual([]))

/** Answers today's paper, all of it right. */
const studyToday = async (cadre: SignedIn) => {
  const { paper } = await cadre.call('GET /today')
  for (const { question } of paper.questions) {
    await cadre.call('POST /quiz/questions/:id/answer', {
      params: { id: question.id },
      body: { chosen: ['B'] },
    })
  }
}

/** Answers a question of today's paper wrong; it comes back on the next day. */
const missOne = async (cadre: SignedIn) => {
  const { paper } = await cadre.call('GET /today')
  const id = paper.questions[0]?.question.id ?? ''
  await cadre.call('POST /quiz/questions/:id/answer', { params: { id }, body: { chosen: ['C'] } })
}

describe('the weekly goal', () => {
  test('counts days on which something was finished', async () => {
    const cadre = await somebody()
    await studyToday(cadre)
    at('2026-11-25T21:00:00+08:00')
    await studyToday(cadre)

    const { week } = await cadre.call('GET /points')
    expect(week).toMatchObject({ goal: 4, done: 2 })
    expect(week.days.filter(({ done }) => done).map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-25'])
    expect(await cadre.call('GET /points/calendar', { query: { month: '2026-11' } })).toEqual({
      month: '2026-11',
      days: ['2026-11-23', '2026-11-25'],
    })
    expect((await cadre.call('GET /points/calendar', { query: { month: '2026-10' } })).days).toEqual([])
  })

  test('is one’s own, may be paused, and the streak is only there when switched on', async () => {
    const cadre = await somebody()
    const set = await cadre.call('PUT /points/goal', { body: { days: 6, paused: true, streak: true } })
    expect(set).toMatchObject({ week: { goal: 6, paused: true }, streak: { days: 0 } })
    await studyToday(cadre)
    expect(await cadre.call('GET /points')).toMatchObject({ streak: { days: 1 }, total: 5 })
    await cadre.call('PUT /points/goal', { body: { days: 6, paused: false, streak: false } })
    expect((await cadre.call('GET /points')).streak).toBeNull()
  })

  test('a streak ends with a missed day on which a review was due', async () => {
    const cadre = await somebody()
    await cadre.call('PUT /points/goal', { body: { days: 7, paused: false, streak: true } })
    await missOne(cadre)
    await studyToday(cadre)
    at('2026-11-24T09:00:00+08:00')
    await cadre.call('GET /today')
    at('2026-11-26T09:00:00+08:00')
    await studyToday(cadre)
    expect((await cadre.call('GET /points')).streak).toEqual({ days: 1 })
  })

  test('a streak goes on over days with nothing due, whether their paper was opened or not', async () => {
    const cadre = await somebody()
    await cadre.call('PUT /points/goal', { body: { days: 7, paused: false, streak: true } })
    await studyToday(cadre)
    at('2026-11-27T07:30:00+08:00')
    await cadre.call('GET /today')
    at('2026-11-30T09:00:00+08:00')
    await studyToday(cadre)
    expect((await cadre.call('GET /points')).streak).toEqual({ days: 2 })
  })

  test.each([
    { days: 0, paused: false, streak: false },
    { days: 8, paused: false, streak: false },
    { days: 2.5, paused: false, streak: false },
    { days: 4, paused: 'no', streak: false },
    { days: 4 },
    { days: 4, paused: false, streak: false, total: 100 },
  ])('refuses %j', async body => {
    const cadre = await somebody()
    const call = cadre.call('PUT /points/goal', { body: body as never })
    await expect(call).rejects.toMatchObject({ status: 400, code: 'request.invalid' })
    expect((await cadre.call('GET /points')).week.goal).toBe(4)
  })
})
