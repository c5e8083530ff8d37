import { beforeAll, expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { createLog } from '#server/base/log'
import { stopStale } from '#server/law-watch'
import { ReviewItem } from '#server/policy/review-model'
import {
  askForReview,
  onReviewed,
  reviewedAnswerFor,
  reviewedSince,
  type ReviewedNews,
} from '#server/policy/service'
import { entries } from '#server/audit/service'
import { Question } from '#server/question/model'
import { drawCandidates } from '#server/question/service'
import { api } from '#shared/api'
import type { Endpoint } from '#shared/endpoint'
import { startApp, type SignedIn } from '../support/app.ts'
import { aQuestion } from '../support/factories.ts'
import { articleId, asRole, lawFolder } from '../support/reviewing.ts'

const app = startApp({ at: '2026-11-24T09:00:00+08:00' })
const laws = lawFolder(() => app.now)
const ANSWER = new Types.ObjectId().toString()
const LAW = (rule: string) => `# 某县用水条例\n\n第一条 ${rule}。\n\n第二条 登记不收费。`
let editor: SignedIn
let reviewer: SignedIn
let asker: SignedIn
let first = ''
let second = ''

beforeAll(async () => {
  editor = await asRole(app, '编辑甲', 'editor')
  reviewer = await asRole(app, '审核乙', 'reviewer')
  asker = await app.as('提问丙')
  laws.write('某县用水条例(2024-03-01).md', LAW('用水先登记，七日内办结'))
  await laws.load()
  first = await articleId('第一条', '七日内')
  second = await articleId('第二条', '不收费')
})

const ask = (question: string, more: Partial<Parameters<typeof askForReview>[0]> = {}) =>
  askForReview({ question, cause: 'unanswered', now: app.now, ...more })
const itemOf = async (question: string): Promise<string> =>
  (await ReviewItem.findOne({ question }).lean())?._id.toString() ?? ''
const write = (by: SignedIn, id: string, lines = ['先登记，七日内办结[1]。'], clauses = [first]) =>
  by.call('PUT /review/items/:id/answer', { params: { id }, body: { lines, clauses } })
const publish = (by: SignedIn, id: string) => by.call('POST /review/items/:id/publish', { params: { id } })
const code = (expected: string) => expect.objectContaining({ code: expected })

test('every line that is for a role refuses a cadre without one, and one of another role', async () => {
  const lines = Object.entries<Endpoint>(api).filter(([, endpoint]) => endpoint.for)
  expect(lines.length).toBeGreaterThan(10)
  for (const [line, endpoint] of lines) {
    const [method = '', path = ''] = line.split(' ')
    const refused = async (token: string) => {
      const url = `/api${path.replace(':id', first)}`
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const response = await app.fetch(url, { method, headers, ...(method !== 'GET' && { body: '{}' }) })
      return { status: response.status, ...((await response.json()) as { code?: string }) }
    }
    expect([line, await refused(asker.token)]).toMatchObject([line, { status: 403, code: 'role.missing' }])
    if (!endpoint.for?.includes('editor'))
      expect([line, await refused(editor.token)]).toMatchObject([line, { code: 'role.missing' }])
  }
})

test('the page knows which roles one holds, and the document of the API who a line is for', async () => {
  expect((await reviewer.call('GET /me')).roles).toEqual(['reviewer'])
  const document = (await (await app.fetch('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, unknown>>
  }
  expect(document.paths['/api/review/items/{id}/publish']?.post).toMatchObject({
    'x-roles': ['reviewer', 'admin'],
  })
})

test('questions of one meaning are one item; an answer is counted once, whatever comes of it', async () => {
  await ask('用水登记多久办结？', { answer: ANSWER, clauses: [first] })
  await ask('用水登记几天办结', { answer: new Types.ObjectId().toString() })
  await ask('用水登记多久办结？', {
    answer: ANSWER,
    cause: 'disliked',
    reasons: ['wrong'],
    given: ['三日内办结[1]。'],
  })
  const { items, counts } = await editor.call('GET /review/items', { query: { state: 'open' } })
  expect(items).toMatchObject([
    { times: 2, causes: ['unanswered', 'disliked'], reasons: ['wrong'], given: ['三日内办结[1]。'] },
  ])
  expect(counts).toEqual({ open: 1, drafted: 0, published: 0, suspended: 0, alarms: 0 })
})

test('questions that come at the same moment are one item', async () => {
  await Promise.all(
    Array.from({ length: 5 }, () => ask('水表坏了找谁修', { answer: new Types.ObjectId().toString() })),
  )
  expect(await ReviewItem.find({ question: '水表坏了找谁修' }).lean()).toMatchObject([{ times: 5 }])
})

test('an answer rests on clauses that are there, and each number means one of them', async () => {
  const id = await itemOf('用水登记多久办结？')
  await expect(write(editor, id, ['见[2]。'])).rejects.toEqual(code('review.no-such-clause'))
  await expect(write(editor, id, ['见[1]。'], [ANSWER])).rejects.toEqual(code('review.no-such-clause'))
  await expect(write(editor, ANSWER)).rejects.toEqual(code('not-found'))
  const { item, suggested } = await editor.call('GET /review/items/:id', { params: { id } })
  expect([item.state, suggested.map(clause => clause.label)]).toEqual(['open', ['第一条']])
})

test('what one wrote another one publishes; it is given from then on, and those who asked are told once', async () => {
  const id = await itemOf('用水登记多久办结？')
  const told: ReviewedNews[] = []
  const end = onReviewed(async news => void told.push(news))
  expect((await write(reviewer, id)).item).toMatchObject({ state: 'drafted', answer: { own: true } })
  await expect(publish(reviewer, id)).rejects.toEqual(code('review.own-work'))
  await write(editor, id)
  const asked = { question: '请问用水登记多长时间办结', day: '2026-11-24' }
  expect(await reviewedAnswerFor(asked)).toBeNull()
  const { item } = await publish(reviewer, id)
  end()
  expect(item).toMatchObject({
    state: 'published',
    answer: {
      author: '编辑甲',
      reviewer: '审核乙',
      own: false,
      clauses: [{ status: expect.stringContaining('收录截至') }],
    },
  })
  expect(told).toMatchObject([{ item: id, answers: [ANSWER, expect.any(String)] }])
  await expect(publish(reviewer, id)).rejects.toEqual(code('review.changed'))
  const face = {
    item: id,
    question: '用水登记多久办结？',
    lines: ['先登记，七日内办结[1]。'],
    clauses: [first],
  }
  expect(await reviewedAnswerFor(asked)).toEqual(face)
  expect((await reviewedSince([ANSWER])).get(ANSWER)).toEqual(face)
})

test('it is not given for a day on which its clauses were not the law, nor for another question', async () => {
  expect(await reviewedAnswerFor({ question: '用水登记多久办结', day: '2023-01-01' })).toBeNull()
  expect(await reviewedAnswerFor({ question: '用水登记多少钱', day: '2026-11-24' })).toBeNull()
})

test('a correction is a draft; what was published goes on being given until somebody else publishes it', async () => {
  const id = await itemOf('用水登记多久办结？')
  await write(editor, id, ['七日内办结[1]，不收费[2]。'], [first, second])
  const asked = { question: '用水登记多久办结', day: '2026-11-24' }
  expect((await reviewedAnswerFor(asked))?.lines).toEqual(['先登记，七日内办结[1]。'])
  await publish(reviewer, id)
  expect((await reviewedAnswerFor(asked))?.lines).toEqual(['七日内办结[1]，不收费[2]。'])
})

test('of two who publish or close at the same moment one is told that it changed', async () => {
  await ask('水费怎么交')
  const id = await itemOf('水费怎么交')
  await write(editor, id)
  const ends = await Promise.allSettled([publish(reviewer, id), publish(reviewer, id)])
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const close = { params: { id }, body: { reason: '不是政策问题' } }
  await expect(editor.call('POST /review/items/:id/close', close)).rejects.toEqual(code('review.changed'))
})

test('a closed question stays closed until something new is said of it', async () => {
  await ask('今天天气如何')
  const id = await itemOf('今天天气如何')
  const { item } = await editor.call('POST /review/items/:id/close', {
    params: { id },
    body: { reason: '不是政策问题' },
  })
  expect(item.state).toBe('closed')
  await ask('今天天气如何')
  expect(await ReviewItem.findById(id).lean()).toMatchObject({ state: 'closed', times: 2 })
  await ask('今天天气如何', { cause: 'disliked' })
  expect(await ReviewItem.findById(id).lean()).toMatchObject({ state: 'open', times: 3 })
})

test('clauses are found by their name and number', async () => {
  const find = async (text: string) =>
    (await editor.call('GET /review/clauses', { query: { text } })).clauses.map(({ id }) => id)
  expect(await find('《某县用水条例》第二条')).toEqual([second])
  expect(await find('某县用水条例第1条、第二条')).toEqual([first, second])
  expect(await find('没有的条例第一条')).toEqual([])
})

const GIVEN = {
  type: 'single' as const,
  topic: '用水',
  stem: '老李来办用水登记，最晚要在几天内办结？',
  options: [
    { text: '三天之内', why: '条例给的时间比这更长' },
    { text: '七天之内', why: '' },
    { text: '十天之内', why: '超过了条例的时间' },
    { text: '半月之内', why: '超过了条例的时间' },
  ],
  key: ['B'],
  explanation: '条例第一条要求登记之后一周把事办完，拖延要担责。',
}

test('a quiz question is made of a reviewed answer, published by another one, and drawn like any other', async () => {
  const id = await itemOf('用水登记多久办结？')
  const make = (body: typeof GIVEN) =>
    editor.call('POST /review/items/:id/question', { params: { id }, body })
  const wrong = {
    ...GIVEN,
    key: ['F'],
    options: [...GIVEN.options.slice(0, 3), { text: '以上都对', why: '' }],
  }
  await expect(make(wrong)).rejects.toMatchObject({
    code: 'request.invalid',
    body: { fields: expect.arrayContaining(['body.key', 'body.options']) },
  })
  const { question } = await make(GIVEN)
  await expect(make(GIVEN)).rejects.toEqual(code('request.invalid'))
  const waiting = await editor.call('GET /review/questions')
  expect(waiting.questions).toMatchObject([
    {
      ...{ id: question, own: true, suspended: false, key: ['B'] },
      sources: [
        { law: '某县用水条例', article: '第一条', version: '2024-03-01', checkedOn: '2026-11-24' },
        { article: '第二条' },
      ],
    },
  ])
  const drawn = async () => (await drawCandidates({ topics: ['用水'], from: 0, limit: 9 })).map(one => one.id)
  expect(await drawn()).toEqual([])
  const params = { id: question }
  await expect(editor.call('POST /review/questions/:id/publish', { params })).rejects.toEqual(
    code('role.missing'),
  )
  await reviewer.call('POST /review/questions/:id/publish', { params })
  await expect(reviewer.call('POST /review/questions/:id/publish', { params })).rejects.toEqual(
    code('review.changed'),
  )
  expect(await drawn()).toEqual([question])
})

test('whoever wrote a question does not publish it', async () => {
  const { id } = await aQuestion({ status: 'draft', author: reviewer.id, topic: '别的' })
  await expect(reviewer.call('POST /review/questions/:id/publish', { params: { id } })).rejects.toEqual(
    code('review.own-work'),
  )
  await editor.call('POST /review/questions/:id/retire', { params: { id } })
  expect(await Question.findById(id).lean()).toMatchObject({ status: 'retired' })
})

test('from a clause its questions are practised, without points', async () => {
  await expect(asker.call('GET /practice/clauses/:id', { params: { id: ANSWER } })).rejects.toEqual(
    code('not-found'),
  )
  expect(await asker.call('GET /practice/clauses/:id', { params: { id: first } })).toEqual({ questions: 1 })
  const paper = await asker.call('POST /practice', { body: { scope: 'clause', clause: first } })
  expect(paper).toMatchObject({ kind: 'practice', questions: [{ question: { stem: GIVEN.stem } }] })
  await expect(asker.call('POST /practice', { body: { scope: 'clause' } })).rejects.toEqual(
    code('request.invalid'),
  )
})

const watch = () => stopStale({ now: () => app.now, log: createLog('silent') })

test('when a clause changes, what rests on it stops at once and an alarm is raised, once', async () => {
  expect(await watch()).toEqual({ questions: 0, answers: 0 })
  app.now = new Date('2026-12-02T09:00:00+08:00')
  laws.write('某县用水条例(2026-12-01).md', LAW('用水先登记，五日内办结'))
  await laws.load()
  expect(await watch()).toEqual({ questions: 1, answers: 2 })
  expect(await watch()).toBeNull()
  const { alarms } = await editor.call('GET /review/alarms')
  expect(alarms.map(({ subject, why }) => [subject, why])).toEqual([
    ['question', '《某县用水条例》第一条这一条已修改'],
    ['answer', '《某县用水条例》第一条这一条已修改'],
    ['answer', '《某县用水条例》第一条这一条已修改'],
  ])
  expect(await reviewedAnswerFor({ question: '用水登记多久办结', day: '2026-12-02' })).toBeNull()
  const { items, counts } = await editor.call('GET /review/items', { query: { state: 'suspended' } })
  expect(items[0]?.trouble).toContain('已修改')
  expect(counts).toMatchObject({ suspended: 2, alarms: 3 })
  await expect(asker.call('GET /practice/clauses/:id', { params: { id: first } })).resolves.toEqual({
    questions: 0,
  })
})

test('settled, what is right goes on resting on the law of today and does not stop again; the rest stays out', async () => {
  const { alarms } = await editor.call('GET /review/alarms')
  const settle = (id: string | undefined, resume: boolean) =>
    reviewer.call('POST /review/alarms/:id/settle', { params: { id: id ?? '' }, body: { resume } })
  await settle(alarms[0]?.id, true)
  await settle(alarms[1]?.id, true)
  await settle(alarms[2]?.id, false)
  await expect(settle(alarms[0]?.id, true)).rejects.toEqual(code('not-found'))
  app.now = new Date('2026-12-03T09:00:00+08:00')
  await laws.status('别的条例,废止,2026-01-01,,,公报,2026-11-01')
  expect(await watch()).toEqual({ questions: 0, answers: 0 })
  const reviewed = await reviewedAnswerFor({ question: '用水登记多久办结', day: '2026-12-03' })
  expect(reviewed?.clauses[0]).toBe(await articleId('第一条', '五日内'))
  expect(await ReviewItem.countDocuments({ state: 'closed' })).toBe(1)
})

test('no reply of the editors tells who asked', async () => {
  const pages = [
    await editor.call('GET /review/items', { query: {} }),
    await editor.call('GET /review/items/:id', { params: { id: await itemOf('用水登记多久办结？') } }),
    await editor.call('GET /review/questions'),
    await editor.call('GET /review/alarms'),
  ]
  const text = JSON.stringify(pages)
  expect(text).toContain('编辑甲')
  for (const secret of [asker.id, '提问丙', ANSWER]) expect(text).not.toContain(secret)
})

test('the audit log tells who published, closed and settled what', async () => {
  const all = await entries(new Date('2026-11-01T00:00:00+08:00'))
  const told = all.map(({ actor, action }) => `${actor === 'system' ? 'system' : 'person'} ${action}`)
  expect(new Set(told)).toEqual(
    new Set(['person answer', 'person publish', 'person close', 'person settle', 'system suspend']),
  )
  expect(JSON.stringify(all)).not.toContain('用水登记')
})
