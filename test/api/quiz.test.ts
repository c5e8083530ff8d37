import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Memory } from '#server/quiz/model'
import { PointEntry } from '#server/points/model'
import { Question } from '#server/question/model'
import { answer as answerNamed, summaryOf } from '#server/quiz/service'
import { type SignedIn, startApp } from '../support/app.ts'
import { aQuestion, questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

let names = 0
const somebody = () => app.as(`学员${(names += 1)}`)
const at = (moment: string) => {
  app.now = new Date(moment)
}
const answer = (
  cadre: SignedIn,
  id: string,
  chosen: string[],
  more: { round?: number; guessed?: boolean; dontKnow?: boolean } = {},
) => cadre.call('POST /quiz/questions/:id/answer', { params: { id }, body: { chosen, ...more } })

beforeEach(async () => {
  at('2026-11-23T09:00:00+08:00')
  await Question.deleteMany({})
  await questions(12)
})
afterEach(() => expect(app.failures).toEqual([]))

/** Today's questions of a cadre. */
const todayOf = async (cadre: SignedIn) => (await cadre.call('GET /today')).paper.questions
const firstOf = async (cadre: SignedIn) => {
  const [first] = await todayOf(cadre)
  if (!first) throw new Error('the paper is empty')
  return first.question.id
}

describe('today', () => {
  test('brings five questions without their keys', async () => {
    const cadre = await somebody()
    const { paper, points } = await cadre.call('GET /today')

    expect(paper.questions).toHaveLength(5)
    expect(paper.questions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    expect(paper.questions.every(({ answered, state }) => answered === null && state === 'open')).toBe(true)
    expect(JSON.stringify(paper)).not.toMatch(/"key"|explanation|每年至少一次/)
    expect(points).toEqual({ total: 0, today: 0, cap: 10 })
  })

  test('is the same paper all day, and for twenty calls at once', async () => {
    const cadre = await somebody()
    const papers = await Promise.all(Array.from({ length: 20 }, () => cadre.call('GET /today')))
    at('2026-11-23T23:59:00+08:00')
    await questions(5)

    expect(new Set(papers.map(({ paper }) => paper.id)).size).toBe(1)
    expect((await cadre.call('GET /today')).paper).toEqual(papers[0]?.paper)
  })

  test('brings another paper after midnight in Beijing', async () => {
    const cadre = await somebody()
    const before = await cadre.call('GET /today')
    at('2026-11-24T00:00:00+08:00')
    const after = await cadre.call('GET /today')

    expect([before.day, after.day]).toEqual(['2026-11-23', '2026-11-24'])
    expect(after.paper.id).not.toBe(before.paper.id)
  })

  test('fills an empty paper once the bank has questions', async () => {
    await Question.deleteMany({})
    const cadre = await somebody()
    expect((await cadre.call('GET /today')).paper.questions).toEqual([])
    await questions(5)
    expect(await todayOf(cadre)).toHaveLength(5)
  })

  test('draws from the chosen topics', async () => {
    await questions(6, { topic: '乡村振兴' })
    const cadre = await somebody()
    await cadre.call('PUT /topics', { body: { topics: ['乡村振兴'] } })
    const drawn = await todayOf(cadre)
    expect(drawn.map(({ question }) => question.topic)).toEqual(Array(5).fill('乡村振兴'))
  })
})

describe('an answer', () => {
  test('is marked, explained and paid', async () => {
    const cadre = await somebody()
    const mark = await answer(cadre, await firstOf(cadre), ['B'])

    expect(mark).toMatchObject({ correct: true, key: ['B'], pointsEarned: 1, points: 1 })
    expect(mark.explanation).toContain('每年至少一次')
    expect(mark.sources[0]?.law).toBe('村民委员会组织法')
  })

  test('given fifty times at once is one answer, paid once', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    const marks = await Promise.all(
      Array.from({ length: 50 }, (_, index) => answer(cadre, id, [index % 2 ? 'A' : 'B'])),
    )

    expect(new Set(marks.map(mark => JSON.stringify(mark))).size).toBe(1)
    expect(await PointEntry.countDocuments({ cadre: cadre.id })).toBe(marks[0]?.correct ? 1 : 0)
  })

  test('to five questions at once stays under the cap', async () => {
    const cadre = await somebody()
    const items = await todayOf(cadre)
    await Promise.all(items.flatMap(({ question }) => [1, 2, 3].map(() => answer(cadre, question.id, ['B']))))

    expect(await cadre.call('GET /points')).toMatchObject({ total: 5, today: { points: 5, cap: 10 } })
  })

  test('that is wrong comes back in the next round and is paid when right', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)

    expect(await answer(cadre, id, ['A'])).toMatchObject({ correct: false, pointsEarned: 0 })
    expect((await todayOf(cadre))[0]).toMatchObject({
      state: 'missed',
      round: 2,
      answered: { correct: false, key: ['B'] },
    })
    expect(await answer(cadre, id, ['C'], { round: 2 })).toMatchObject({ correct: false })
    expect(await answer(cadre, id, ['B'], { round: 3 })).toMatchObject({ correct: true, pointsEarned: 1 })
    expect(await answer(cadre, id, ['B'], { round: 3 })).toMatchObject({ pointsEarned: 1, points: 1 })
    await expect(answer(cadre, id, ['B'], { round: 4 })).rejects.toMatchObject({ code: 'quiz.round-closed' })
  })

  test('cannot skip a round', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    await expect(answer(cadre, id, ['B'], { round: 2 })).rejects.toMatchObject({
      code: 'quiz.round-closed',
      status: 409,
    })
    expect(await cadre.call('GET /points')).toMatchObject({ total: 0 })
  })

  test('不会 is a wrong answer, and the key is shown', async () => {
    const cadre = await somebody()
    expect(await answer(cadre, await firstOf(cadre), [], { dontKnow: true })).toMatchObject({
      correct: false,
      key: ['B'],
    })
  })

  test('我猜的 is paid and comes back all the same', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    expect(await answer(cadre, id, ['B'], { guessed: true })).toMatchObject({
      correct: true,
      pointsEarned: 1,
    })
    expect(await Memory.findOne({ cadre: cadre.id, question: id }).lean()).toMatchObject({ missed: 1 })
    expect(await cadre.call('GET /wrong-book')).toMatchObject({ total: 1, due: 0 })
  })
})

describe('refuses', () => {
  const nobody = '0'.repeat(24)

  test('a question that is not in the paper, without telling why', async () => {
    const cadre = await somebody()
    await cadre.call('GET /today')
    const other = await aQuestion()
    for (const id of [other.id, nobody, 'x', '../etc']) {
      await expect(answer(cadre, id, ['B'])).rejects.toMatchObject({ status: 404, code: 'not-found' })
    }
  })

  test('another cadre’s question', async () => {
    const [one, other] = [await somebody(), await somebody()]
    const mine = new Set((await todayOf(one)).map(({ question }) => question.id))
    const theirs = (await todayOf(other)).map(({ question }) => question.id).filter(id => !mine.has(id))
    for (const id of theirs) await expect(answer(one, id, ['B'])).rejects.toMatchObject({ status: 404 })
  })

  test('yesterday’s question', async () => {
    const cadre = await somebody()
    const before = (await todayOf(cadre)).map(({ question }) => question.id)
    at('2026-11-24T09:00:00+08:00')
    const after = new Set((await todayOf(cadre)).map(({ question }) => question.id))
    const gone = before.filter(id => !after.has(id))
    for (const id of gone) await expect(answer(cadre, id, ['B'])).rejects.toMatchObject({ status: 404 })
  })

  test.each([
    ['an unknown option', { chosen: ['Z'] }, 400, 'quiz.option-unknown'],
    ['two options where one is asked', { chosen: ['A', 'B'] }, 400, 'quiz.one-option'],
    ['an empty answer', { chosen: [] }, 400, 'request.invalid'],
    ['no answer', {}, 400, 'request.invalid'],
    ['a number', { chosen: 1 }, 400, 'request.invalid'],
    ['an object in the list', { chosen: [{ $gt: '' }] }, 400, 'request.invalid'],
    ['a round that is none', { chosen: ['B'], round: 0 }, 400, 'request.invalid'],
    ['an unknown field', { chosen: ['B'], points: 100 }, 400, 'request.invalid'],
    ['a huge text', { chosen: ['字'.repeat(201)] }, 400, 'request.invalid'],
  ])('%s', async (_, body, status, code) => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    await expect(
      cadre.call('POST /quiz/questions/:id/answer', { params: { id }, body: body as never }),
    ).rejects.toMatchObject({ status, code })
    expect((await todayOf(cadre))[0]?.state).toBe('open')
  })

  test.each(['GET /today', 'GET /wrong-book', 'GET /practice', 'GET /topics', 'GET /points'] as const)(
    '%s without a session',
    async line => {
      await expect(app.anyone.call(line)).rejects.toMatchObject({ status: 401, code: 'session.missing' })
    },
  )

  test('a topic the bank does not have', async () => {
    const cadre = await somebody()
    await expect(cadre.call('PUT /topics', { body: { topics: ['没有'] } })).rejects.toMatchObject({
      status: 400,
    })
  })
})

describe('an answer given offline', () => {
  const late = (cadre: SignedIn, questionId: string, paperId: string) =>
    answerNamed({ cadreId: cadre.id, questionId, paperId, chosen: ['B'], now: app.now })

  test('is taken for the paper it names and paid on the day it arrives, once', async () => {
    const cadre = await somebody()
    const { paper } = await cadre.call('GET /today')
    const id = paper.questions[0]?.question.id ?? ''
    at('2026-11-24T08:00:00+08:00')

    expect(await late(cadre, id, paper.id)).toMatchObject({ correct: true, pointsEarned: 1, repeated: false })
    expect(await late(cadre, id, paper.id)).toMatchObject({ pointsEarned: 1, points: 1, repeated: true })
    expect(await cadre.call('GET /points')).toMatchObject({ total: 1, today: { points: 1 } })
  })

  test('is not taken after a week, nor for the paper of somebody else', async () => {
    const [cadre, other] = [await somebody(), await somebody()]
    const { paper } = await cadre.call('GET /today')
    const id = paper.questions[0]?.question.id ?? ''

    await expect(late(other, id, paper.id)).rejects.toMatchObject({ code: 'not-found' })
    at('2026-12-01T08:00:00+08:00')
    await expect(late(cadre, id, paper.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a summary', () => {
  test('tells what was right, what was corrected, what it brought and what comes back', async () => {
    const cadre = await somebody()
    const { paper } = await cadre.call('GET /today')
    const [first = '', ...others] = paper.questions.map(({ question }) => question.id)
    await answer(cadre, first, ['A'])
    for (const id of others) await answer(cadre, id, ['B'])
    await answer(cadre, first, ['B'], { round: 2 })

    expect(await summaryOf({ cadreId: cadre.id, paperId: paper.id, now: app.now })).toEqual({
      kind: 'daily',
      of: 5,
      right: 4,
      corrected: 1,
      points: 5,
      byCause: [{ cause: 'question', points: 5 }],
      returning: [{ day: '2026-11-24', count: 1 }],
    })
    await expect(
      summaryOf({ cadreId: (await somebody()).id, paperId: paper.id, now: app.now }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('跳过', () => {
  test('moves a question behind the open ones, on another device too', async () => {
    const cadre = await somebody()
    const ids = (await todayOf(cadre)).map(({ question }) => question.id)
    const [first = '', second = ''] = ids
    await cadre.call('POST /quiz/questions/:id/postpone', { params: { id: first } })
    at('2026-11-23T09:00:05+08:00')
    const paper = await cadre.call('POST /quiz/questions/:id/postpone', { params: { id: second } })

    expect(paper.questions.map(({ question }) => question.id)).toEqual([...ids.slice(2), first, second])
    expect(paper.questions.at(-1)).toMatchObject({ postponed: true, number: 2, state: 'open' })
  })

  test('is refused for a question already worked through, or not in the paper', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    await answer(cadre, id, ['B'])
    const postpone = (params: { id: string }) => cadre.call('POST /quiz/questions/:id/postpone', { params })
    await expect(postpone({ id })).rejects.toMatchObject({ status: 409, code: 'quiz.round-closed' })
    await expect(postpone({ id: '0'.repeat(24) })).rejects.toMatchObject({ status: 404 })
  })
})

describe('wrong answers', () => {
  test('come back on a later day, before anything else, and never the same day', async () => {
    const cadre = await somebody()
    const [first, second] = await todayOf(cadre)
    if (!first || !second) throw new Error('the paper is empty')
    await answer(cadre, first.question.id, ['A'])
    expect(await Memory.findOne({ question: first.question.id, cadre: cadre.id }).lean()).toMatchObject({
      missed: 1,
      dueOn: '2026-11-24',
    })

    at('2026-11-24T09:00:00+08:00')
    const [next] = await todayOf(cadre)
    expect(next).toMatchObject({ reason: 'review', question: { id: first.question.id } })
  })

  test('stand in the wrong book with their solution', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    await answer(cadre, id, ['A'])

    expect(await cadre.call('GET /wrong-book')).toEqual({
      due: 0,
      total: 1,
      topics: [{ topic: '基层治理', total: 1, due: 0 }],
    })
    const { questions: missed, more } = await cadre.call('GET /wrong-book/questions', {
      query: { topic: '基层治理' },
    })
    expect(more).toBe(false)
    expect(missed).toMatchObject([
      { question: { id }, solution: { key: ['B'] }, missed: 1, dueOn: '2026-11-24' },
    ])
  })

  test('leave the wrong book while today’s paper asks them, so that no key is seen before the answer', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    await answer(cadre, id, ['A'])
    const shown = async () => {
      const { questions: missed } = await cadre.call('GET /wrong-book/questions', { query: {} })
      return missed.map(({ question }) => question.id)
    }
    expect(await shown()).toEqual([id])

    at('2026-11-24T09:00:00+08:00')
    expect((await todayOf(cadre))[0]?.question.id).toBe(id)
    expect(await shown()).toEqual([])
    await answer(cadre, id, ['B'])
    expect(await shown()).toEqual([id])
  })

  test('never make more than five questions after an absence', async () => {
    const cadre = await app.as('久别')
    await questions(20)
    for (let day = 10; day < 18; day += 1) {
      at(`2026-11-${day}T09:00:00+08:00`)
      for (const { question } of await todayOf(cadre)) await answer(cadre, question.id, ['A'])
    }
    at('2027-03-01T09:00:00+08:00')
    expect(await todayOf(await app.as('久别'))).toHaveLength(5)
    const waiting = await Memory.find({ cadre: cadre.id, dueOn: { $gt: '2027-03-01' } }).lean()
    const byDay = new Map<string, number>()
    for (const { dueOn } of waiting) byDay.set(dueOn ?? '', (byDay.get(dueOn ?? '') ?? 0) + 1)
    expect(Math.max(...byDay.values())).toBeLessThanOrEqual(3)
  })
})

describe('practice', () => {
  test('has nothing to practise at first', async () => {
    const cadre = await somebody()
    expect(await cadre.call('GET /practice')).toEqual({ practice: null })
    for (const scope of ['due', 'wrong'] as const) {
      await expect(cadre.call('POST /practice', { body: { scope } })).rejects.toMatchObject({
        status: 409,
        code: 'quiz.nothing-to-practise',
      })
    }
  })

  test('of due reviews brings two points once it is worked through, once a day', async () => {
    const cadre = await somebody()
    for (const { question } of await todayOf(cadre)) await answer(cadre, question.id, ['A'])
    at('2026-11-24T09:00:00+08:00')
    const practice = await cadre.call('POST /practice', { body: { scope: 'due' } })
    expect((await cadre.call('GET /practice')).practice).toEqual(practice)

    const earned: number[] = []
    for (const { question } of practice.questions)
      earned.push((await answer(cadre, question.id, ['B'])).pointsEarned)
    expect(earned.slice(0, -1).every(points => points === 0)).toBe(true)
    expect(earned.at(-1)).toBe(2)

    const today = new Set((await todayOf(cadre)).map(({ question }) => question.id))
    expect(practice.questions.some(({ question }) => today.has(question.id))).toBe(false)
  })

  test('of the wrong book is free', async () => {
    const cadre = await somebody()
    const id = await firstOf(cadre)
    await answer(cadre, id, ['A'])
    await answer(cadre, id, ['B'], { round: 2 })
    const practice = await cadre.call('POST /practice', { body: { scope: 'wrong' } })
    expect(practice.questions.map(({ question }) => question.id)).toEqual([id])
    expect(await answer(cadre, id, ['B'])).toMatchObject({ correct: true, pointsEarned: 0, points: 1 })
  })

  test('opened twice at once is one practice, and a new one replaces it', async () => {
    const cadre = await somebody()
    await answer(cadre, await firstOf(cadre), ['A'])
    const open = () => cadre.call('POST /practice', { body: { scope: 'wrong' } })
    await Promise.all([open(), open(), open()])
    const last = await open()
    expect((await cadre.call('GET /practice')).practice?.id).toBe(last.id)
  })
})
