import { beforeAll, describe, expect, test } from '@jest/globals'
import { grantRole } from '#server/account/grant-service'
import type { Role } from '#shared/endpoint'
import { startApp } from '../support/app.ts'
import { bodies, conversation, say } from '../support/chat.ts'
import { samplePolicies } from '../support/policies.ts'

const app = startApp({ at: '2026-11-28T09:00:00+08:00' })
beforeAll(() => samplePolicies(app.now))

const withRole = async (name: string, role: Role) => {
  const client = await app.as(name)
  await grantRole({ cadreId: client.id, role, by: 'test', now: app.now })
  return client
}
const UNKNOWN = '《示例县农村集体资源出租管理办法（示例）》第九十条怎么规定？'

/** An editor answers a question, and a reviewer publishes it. */
async function answerIt(question: string, line: string) {
  const editor = await withRole('田编辑', 'editor')
  const reviewer = await withRole('石审核', 'reviewer')
  const { items } = await editor.call('GET /review/items', { query: { state: 'open' } })
  const item = items.find(each => each.question === question)
  if (!item) throw new Error(`not in the queue: ${question}`)
  const { clauses } = await editor.call('GET /review/clauses', {
    query: { text: '《示例县农村集体资源出租管理办法（示例）》第十六条' },
  })
  const params = { id: item.id }
  const body = { lines: [line], clauses: clauses.slice(0, 1).map(({ id }) => id) }
  await editor.call('PUT /review/items/:id/answer', { params, body })
  await reviewer.call('POST /review/items/:id/publish', { params })
  return item
}

describe('a question that nobody’s clause answers', () => {
  test('comes before a person, whose answer wins from then on and is shown to those who asked', async () => {
    const asker = await app.as('先问的')
    await say(asker, UNKNOWN)
    await answerIt(UNKNOWN, '没有第九十条。租期最长不超过二十年[1]。')

    const [told] = bodies(await conversation(asker), 'answer').slice(-1)
    expect(told).toMatchObject({ by: 'reviewed', label: '人工审核', copyLine: '' })
    expect(told?.clauses.map(({ label }) => label)).toEqual(['第十六条'])
    expect(bodies(await conversation(asker), 'notice').at(-1)?.text).toContain('人工审核')

    const next = await app.as('后问的')
    const [answer] = bodies((await say(next, UNKNOWN)).messages, 'answer')
    expect(answer).toMatchObject({ by: 'reviewed', lines: ['没有第九十条。租期最长不超过二十年[1]。'] })
    const { answers } = await asker.call('GET /policy/answers', { query: {} })
    expect(answers[0]?.reviewedSince).toBe(true)
    const { reviewed } = await asker.call('GET /policy/answers/:id', { params: { id: answers[0]?.id ?? '' } })
    expect(reviewed).toMatchObject({ by: 'reviewed', question: UNKNOWN })
  })

  test('never tells the editors who asked', async () => {
    const asker = await app.as('不留名的彭大山')
    await say(asker, '《示例县群众来信来访办理规则（示例）》第八十八条怎么规定？')
    const editor = await withRole('田编辑', 'editor')
    const list = JSON.stringify(await editor.call('GET /review/items', { query: {} }))
    expect(list).toContain('第八十八条')
    expect(list).not.toContain(asker.id)
    expect(list).not.toContain('彭大山')
  })
})

test('an answer that was not useful comes before a person with its clauses and the reason', async () => {
  const asker = await app.as('不满意的')
  const question = '《示例县农村集体资源出租管理办法（示例）》第十六条怎么规定？'
  const [answer] = bodies((await say(asker, question)).messages, 'answer')
  const params = { id: answer?.id ?? '' }
  const body = { useful: false, reason: 'unclear' as const, text: '太长' }
  await asker.call('PUT /policy/answers/:id/feedback', { params, body })
  await asker.call('PUT /policy/answers/:id/feedback', { params, body })

  const editor = await withRole('田编辑', 'editor')
  const { items } = await editor.call('GET /review/items', { query: { state: 'open' } })
  const item = items.find(each => each.question === question)
  expect(item).toMatchObject({ causes: ['disliked'], reasons: ['unclear'], times: 1, given: answer?.lines })
  const { suggested } = await editor.call('GET /review/items/:id', { params: { id: item?.id ?? '' } })
  expect(suggested.map(({ label }) => label)).toEqual(['第十六条'])
})
