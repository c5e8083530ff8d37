import { expect, test } from '@jest/globals'
import { readEnv } from '#server/base/env'
import { type Command, WrongCall } from '#server/cli/command'
import { auditLog } from '#server/cli/editorial/audit-log'
import { grantOne, listGrants, revokeOne } from '#server/cli/editorial/grants'
import { importWords } from '#server/cli/editorial/import-words'
import { publishQuestion } from '#server/cli/status'
import { evaluateRetrieval } from '#server/cli/measure/evaluate-retrieval'
import { importPolicies } from '#server/cli/import-policies'
import { ReviewItem } from '#server/policy/review-model'
import { askForReview } from '#server/policy/service'
import { Question } from '#server/question/model'
import { Cadre } from '#server/account/model'
import { startApp } from '../support/app.ts'
import { aQuestion } from '../support/factories.ts'
import { articleId, lawFolder } from '../support/reviewing.ts'

const app = startApp({ at: '2026-11-24T09:00:00+08:00' })
const laws = lawFolder(() => app.now)

async function run(command: Command, words: string[], options: Record<string, string> = {}) {
  const lines: string[] = []
  const terminal = {
    line: (text: string) => void lines.push(text),
    progress: () => undefined,
    end: () => undefined,
  }
  const good = await command.run({ words, options, now: app.now, terminal, env: () => readEnv({}) })
  return { good, text: lines.join('\n') }
}

test('a role is granted by name, once, listed and taken back; the log tells of each', async () => {
  const cadre = await app.as('小田')
  expect((await run(grantOne, ['小田', '编辑'])).text).toBe('已授予“小田”编辑')
  expect((await run(grantOne, ['小田', 'editor'])).text).toContain('没有改动')
  await run(grantOne, [cadre.id, '审核'])
  expect((await cadre.call('GET /me')).roles).toEqual(['editor', 'reviewer'])
  expect((await run(listGrants, [])).text.split('\n')).toHaveLength(2)
  expect((await run(revokeOne, ['小田', '审核'])).text).toBe('已收回“小田”的审核')
  expect((await run(revokeOne, ['小田', '审核'])).text).toContain('没有改动')
  expect((await cadre.call('GET /me')).roles).toEqual(['editor'])
  const log = (await run(auditLog, [])).text
  expect(log.match(/cli {2}(?:grant|revoke)/g)).toHaveLength(3)
})

test('a name somebody chose for oneself gives no right; the number on one’s own page does', async () => {
  const taken = await Cadre.create({ name: '覃部长', joinedAt: app.now, seenOn: '2026-11-24' })
  await expect(run(grantOne, ['覃部长', '管理员'])).rejects.toThrow(`  ${taken.id}  覃部长`)
  expect((await run(grantOne, [taken.id as string, '管理员'])).text).toContain('已授予')
})

test('a name nobody has, or several have, and a role there is not, are said so', async () => {
  await Cadre.create({ name: '小田', joinedAt: app.now, seenOn: '2026-11-24' })
  await expect(run(grantOne, ['小田', '编辑'])).rejects.toThrow(/不止一位/)
  await expect(run(grantOne, ['无此人', '编辑'])).rejects.toThrow(/没有叫“无此人”的干部/)
  await expect(run(grantOne, ['小田', '局长'])).rejects.toThrow(WrongCall)
  await expect(run(auditLog, [], { since: '昨天' })).rejects.toThrow(/--since/)
})

test('words are imported from a table, and its bad rows are told', async () => {
  const file = laws.write('词.json', JSON.stringify([{ 词: '黑水井', 类别: '违法', 处理: '拒收' }]))
  expect(await run(importWords, [file])).toMatchObject({
    good: true,
    text: expect.stringContaining('新增 1 个'),
  })
  const bad = laws.write('坏.csv', '词,类别,处理\n黑水井,违法,不要')
  expect(await run(importWords, [bad])).toMatchObject({
    good: false,
    text: expect.stringContaining('第 2 行（黑水井）'),
  })
})

test('an import that changes a clause stops the questions on it; publish puts one back as checked', async () => {
  const law = (rule: string) => `# 某县用水条例\n\n第一条 ${rule}。`
  const file = (day: string, rule: string) => laws.write(`某县用水条例(${day}).md`, law(rule))
  await run(importPolicies, [file('2019-03-01', '用水先登记')])
  const { id } = await aQuestion({
    sources: [{ law: '某县用水条例', article: '第一条', checkedOn: '2023-05-01' }],
  })
  const { text } = await run(importPolicies, [file('2024-03-01', '用水须先登记')])
  expect(text).toContain('已停用 1 题、0 条人工答复')
  expect(await Question.findById(id).lean()).toMatchObject({ status: 'suspended' })
  await run(publishQuestion, [id])
  expect(await Question.findById(id).lean()).toMatchObject({
    status: 'published',
    sources: [{ checkedOn: '2026-11-24' }],
  })
})

test('retrieval is measured on what is stored: with questions of a file, and with those persons answered', async () => {
  const clause = await articleId('第一条', '须先登记')
  await expect(run(evaluateRetrieval, [], { corpus: 'db', queries: 'reviewed' })).rejects.toThrow(/人工答复/)
  await askForReview({ question: '用水要先登记吗', cause: 'unanswered', now: app.now })
  const live = {
    lines: ['先登记[1]。'],
    clauses: [clause],
    author: clause,
    at: app.now,
    checkedOn: '2026-11-24',
  }
  await ReviewItem.updateOne({ question: '用水要先登记吗' }, { $set: { live, state: 'published' } })
  const reviewed = await run(evaluateRetrieval, [], { corpus: 'db', queries: 'reviewed' })
  expect(reviewed.text).toMatch(/语料 1 部、2 条|语料 2 部、2 条/)
  expect(reviewed.text).not.toContain('不在语料里')
  const queries = laws.write(
    '问题.jsonl',
    JSON.stringify({ question: '用水要先登记吗', gold: '某县用水条例(2024-03-01).md#第一条' }),
  )
  expect((await run(evaluateRetrieval, [], { corpus: 'db', queries })).text).not.toContain('不在语料里')
})
