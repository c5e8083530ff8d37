import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { transaction } from '#server/base/mongo'
import { PointEntry, PointRule, Standing } from '#server/points/model'
import { announceRule, audit, award, paying } from '#server/points/service'
import { firstRule } from '#server/points/earning'
import { Question } from '#server/question/model'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

let names = 0
const somebody = () => app.as(`积分${(names += 1)}`)
const at = (moment: string) => {
  app.now = new Date(moment)
}
beforeEach(async () => {
  at('2026-11-23T09:00:00+08:00')
  await Question.deleteMany({})
  await questions(30)
})
afterEach(() => expect(app.failures).toEqual([]))

/** Pays a cadre for a happening at the clock's moment. */
const pay = (cadre: SignedIn, cause: 'lesson' | 'question' | 'review', key: string) =>
  paying(cadre.id, session => award({ cadreId: cadre.id, cause, key, detail: {}, now: app.now }, session))
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

describe('the account', () => {
  test('of somebody new is empty and says the rule', async () => {
    const cadre = await somebody()
    const account = await cadre.call('GET /points')
    expect(account).toMatchObject({
      total: 0,
      today: { points: 0, cap: 10 },
      mastered: 0,
      months: [],
      week: { goal: 4, done: 0, paused: false },
      streak: null,
      rule: { version: 1 },
    })
    expect(account.rule.lines.length).toBeGreaterThan(3)
    expect(await cadre.call('GET /points/entries', { query: {} })).toEqual({ entries: [], more: false })
  })

  test('tells every entry in words and tallies by month and cause', async () => {
    const cadre = await somebody()
    await studyToday(cadre)
    const { entries, more } = await cadre.call('GET /points/entries', { query: { limit: 2 } })

    expect(entries.map(({ text }) => text)).toEqual([
      '11月23日 每日答题 第5题 +1，规则第1版',
      '11月23日 每日答题 第4题 +1，规则第1版',
    ])
    expect(more).toBe(true)
    const rest = await cadre.call('GET /points/entries', {
      query: { before: entries[1]?.id ?? '', limit: 50 },
    })
    expect(rest.entries).toHaveLength(3)
    expect((await cadre.call('GET /points')).months).toEqual([
      { month: '2026-11', points: 5, byCause: [{ cause: 'question', label: '每日答题', points: 5 }] },
    ])
  })

  test('counts what is mastered for somebody who never earned a point', async () => {
    const cadre = await somebody()
    await missOne(cadre)
    at('2026-12-01T09:00:00+08:00')
    const { questions } = await cadre.call('POST /practice', { body: { scope: 'wrong' } })
    const id = questions[0]?.question.id ?? ''
    await cadre.call('POST /quiz/questions/:id/answer', { params: { id }, body: { chosen: ['B'] } })

    expect(await cadre.call('GET /points')).toMatchObject({ mastered: 1, total: 0, week: { done: 0 } })
  })

  test('is private: nobody else sees it', async () => {
    const [one, other] = [await somebody(), await somebody()]
    await studyToday(one)
    expect((await other.call('GET /points')).total).toBe(0)
    expect((await other.call('GET /points/entries', { query: {} })).entries).toEqual([])
  })
})

describe('payments at once', () => {
  test('never bring more than the cap, and each is explained', async () => {
    const cadre = await somebody()
    const paid = await Promise.all(
      Array.from({ length: 12 }, (_, index) => pay(cadre, 'lesson', `lesson:${index}`)),
    )

    expect(paid.reduce((sum, { earned }) => sum + earned, 0)).toBe(10)
    expect(await cadre.call('GET /points')).toMatchObject({ total: 10, today: { points: 10 } })
    const { entries } = await cadre.call('GET /points/entries', { query: { limit: 50 } })
    expect(entries).toHaveLength(12)
    expect(entries.filter(({ text }) => text.includes('当天积分已到上限'))).toHaveLength(7)
  })

  test('hold the cap between processes too, where only the database keeps them apart', async () => {
    const cadre = await somebody()
    await pay(cadre, 'lesson', 'lesson:first')
    const happening = (index: number) =>
      ({ cadreId: cadre.id, cause: 'lesson', key: `lesson:${index}`, detail: {}, now: app.now }) as const
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => transaction(session => award(happening(index), session))),
    )
    expect(await cadre.call('GET /points')).toMatchObject({ total: 10, today: { points: 10 } })
    expect(await PointEntry.countDocuments({ cadre: cadre.id })).toBe(9)
  })

  test('hold the cap when a call stamped before midnight is paid after one of the new day', async () => {
    const cadre = await somebody()
    at('2026-11-24T00:00:00.100+08:00')
    for (const key of ['a', 'b', 'c', 'd', 'e']) await pay(cadre, 'lesson', key)
    at('2026-11-23T23:59:59.900+08:00')
    await pay(cadre, 'lesson', 'late')
    at('2026-11-24T00:00:00.300+08:00')
    await pay(cadre, 'lesson', 'f')

    const { entries } = await cadre.call('GET /points/entries', { query: {} })
    const ofNewDay = entries.filter(({ day }) => day === '2026-11-24')
    expect(ofNewDay.reduce((sum, { points }) => sum + points, 0)).toBe(10)
    expect(await cadre.call('GET /points')).toMatchObject({ today: { points: 10 }, week: { done: 1 } })
  })

  test('with one key pay once', async () => {
    const cadre = await somebody()
    const paid = await Promise.allSettled(
      Array.from({ length: 10 }, () => pay(cadre, 'lesson', 'lesson:same')),
    )
    expect(paid.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await cadre.call('GET /points')).toMatchObject({ total: 2 })
  })
})

describe('a new rule', () => {
  test('holds from its day on and never before', async () => {
    const cadre = await somebody()
    await announceRule({ ...firstRule, version: 2, from: '2026-12-01', question: 2, dailyCap: 20 }, app.now)
    await studyToday(cadre)
    expect(await cadre.call('GET /points')).toMatchObject({ total: 5, rule: { version: 1 } })

    at('2026-12-01T00:00:00+08:00')
    await studyToday(cadre)
    expect(await cadre.call('GET /points')).toMatchObject({
      total: 15,
      today: { cap: 20 },
      rule: { version: 2 },
    })
    const { entries } = await cadre.call('GET /points/entries', { query: { limit: 1 } })
    expect(entries[0]?.text).toBe('12月1日 每日答题 第5题 +2，规则第2版')
  })

  test('announced by another process just before midnight holds from midnight on', async () => {
    const cadre = await somebody()
    at('2026-12-09T23:59:40+08:00')
    await cadre.call('GET /points')
    await PointRule.create({ ...firstRule, version: 3, from: '2026-12-10', lesson: 3 })

    at('2026-12-10T00:00:10+08:00')
    expect(await cadre.call('GET /points')).toMatchObject({ rule: { version: 3 } })
  })

  test.each([
    ['that begins today', { from: '2026-11-23', version: 4 }],
    ['that leaves out a version', { from: '2027-11-23', version: 5 }],
  ])('%s is refused', async (_, change) => {
    await expect(announceRule({ ...firstRule, ...change }, app.now)).rejects.toMatchObject({
      code: 'request.invalid',
    })
  })
})

test.each(['2026-13', '2026-1', '今年', ''])('a month written “%s” is refused', async month => {
  const cadre = await somebody()
  const call = cadre.call('GET /points/calendar', { query: { month } })
  await expect(call).rejects.toMatchObject({ status: 400, code: 'request.invalid' })
})

describe('the audit', () => {
  test('proves standing = sum of ledger, and finds what was tampered with', async () => {
    const cadre = await somebody()
    await studyToday(cadre)
    const progress: number[] = []
    const found: unknown[] = []
    const clean = await audit(
      mismatch => found.push(mismatch),
      cadres => progress.push(cadres),
    )
    expect(found).toEqual([])
    expect(clean).toEqual({
      cadres: await Standing.countDocuments(),
      entries: await PointEntry.countDocuments(),
      mismatches: 0,
    })
    expect(progress.at(-1)).toBe(clean.cadres)

    await Standing.updateOne({ cadre: cadre.id }, { $inc: { total: 1 } })
    await audit(mismatch => found.push(mismatch))
    expect(found).toEqual([{ cadreId: cadre.id, figure: 'total', standing: 6, ledger: 5 }])
    await Standing.updateOne({ cadre: cadre.id }, { $inc: { total: -1 } })
  })
})
