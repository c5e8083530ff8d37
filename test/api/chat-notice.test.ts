import { expect, test } from '@jest/globals'
import { replyToReport } from '#server/news'
import { Question, QuestionReport } from '#server/question/model'
import { answerReport, correctQuestion } from '#server/question/service'
import { startApp } from '../support/app.ts'
import { bodies, say } from '../support/chat.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

test('the first word of a new day also brings the greeting of that day, without a gap', async () => {
  await questions(5)
  const cadre = await app.as('新一天')
  const first = await cadre.call('GET /chat/messages', { query: {} })
  const last = first.messages.at(-1)?.seq ?? 0

  app.now = new Date('2026-11-24T08:00:00+08:00')
  const events = await cadre.events('POST /chat/messages', { body: { text: '帮助' } })

  const written = events.flatMap(event => (event.type === 'message' ? [event.message] : []))
  expect(written.map(({ seq }) => seq)).toEqual(written.map((_, i) => last + 1 + i))
  expect(written.map(({ id }) => id)).toContain('day:2026-11-24:invite')
  expect(written.find(({ from }) => from === 'cadre')?.body).toEqual({ type: 'text', text: '帮助' })
})

test('what the editors reply to 这题有误 is told once in the chat of who reported it', async () => {
  const cadre = await app.as('反馈')
  const { paper } = await cadre.call('GET /today')
  const { id } = paper.questions[0]?.question ?? { id: '' }
  await cadre.call('POST /quiz/questions/:id/reports', { params: { id }, body: { reason: 'key' } })
  const report = await QuestionReport.findOne({ question: id, cadre: cadre.id }).lean()

  await replyToReport(String(report?._id), '已核对，答案没有问题，依据见第二十一条。', app.now)
  await expect(replyToReport(String(report?._id), '再答一次', app.now)).rejects.toMatchObject({
    code: 'not-found',
  })

  const { messages } = await cadre.call('GET /chat/messages', { query: {} })
  const notices = messages.flatMap(({ body }) => (body.type === 'notice' ? [body.text] : []))
  expect(notices.filter(text => text.includes('编辑答复：已核对'))).toHaveLength(1)
  expect(notices.join()).not.toContain('再答一次')
})

test('a reply that was stored but not told is told when it is given again', async () => {
  const cadre = await app.as('没收到')
  const { paper } = await cadre.call('GET /today')
  const { id } = paper.questions[0]?.question ?? { id: '' }
  await cadre.call('POST /quiz/questions/:id/reports', { params: { id }, body: { reason: 'key' } })
  const report = await QuestionReport.findOne({ question: id, cadre: cadre.id }).lean()
  const reply = '已核对，谢谢。'
  // What a process leaves that ends right after it closed the report.
  await answerReport({ id: String(report?._id), reply, now: app.now })

  await replyToReport(String(report?._id), reply, app.now)
  await replyToReport(String(report?._id), reply, app.now)

  const { messages } = await cadre.call('GET /chat/messages', { query: {} })
  expect(messages.filter(({ body }) => body.type === 'notice')).toHaveLength(1)
})

test('one question in the papers of two days, answered on one day, is told of for each paper it pays', async () => {
  app.now = new Date('2026-11-23T09:00:00+08:00')
  await Question.deleteMany({})
  const bank = await questions(5)
  const id = bank[0]?.id ?? ''
  const cadre = await app.as('两天')
  const papers = [(await cadre.call('GET /today')).paper.id]
  app.now = new Date('2026-11-24T09:00:00+08:00')
  papers.push((await cadre.call('GET /today')).paper.id)
  for (const paper of papers) {
    await say(cadre, { type: 'answer', paper, question: id, round: 1, chosen: ['C'] })
  }

  await correctQuestion({ id, key: ['C'], explanation: '更正', now: app.now })

  const { messages } = await cadre.call('GET /chat/messages', { query: {} })
  expect(bodies(messages, 'notice').filter(({ text }) => text.includes('补上 1 分'))).toHaveLength(2)
  expect(await cadre.call('GET /points')).toMatchObject({ total: 2 })
})
