import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readEnv } from '#server/base/env'
import { type Call, WrongCall } from '#server/cli/command'
import { evaluateRefusal, type RefusalCorpus, type RefusalSearch } from '#server/cli/measure/evaluate-refusal'
import { learnRefusal } from '#server/cli/measure/learn-refusal'
import { pairsOf, shareIn } from '#server/policy/answer/plain-text'
import { type ModelServer, startModelServer } from '../support/model-server.ts'

const CLAUSES = new Map([
  ['甲法第一条', '村民小组的土地由村民小组会议讨论决定。'],
  ['甲法第二条', '出租集体荒山应当经村民会议同意。'],
  ['乙法第一条', '机关应当自收到申请之日起二十日内答复申请人。'],
])
const QUESTIONS = [
  { number: 0, question: '村民小组的土地由谁讨论决定', gold: ['甲法第一条'] },
  { number: 1, question: '收到申请多少日答复申请人', gold: ['乙法第一条'] },
]
/** The share of a question's pairs that a clause has, times twenty: a retrieval as small as can be. */
const searchIn = (law: RegExp): RefusalSearch => ({
  search: question => ({
    hits: [...CLAUSES]
      .filter(([key]) => law.test(key))
      .map(([key, text]) => ({ key, score: shareIn(pairsOf(question), text) * 20 }))
      .map(one => ({ ...one, document: one.key.slice(0, 2), cited: false }))
      .sort((a, b) => b.score - a.score),
    absent: [],
    missing: [],
    articles: CLAUSES.size,
  }),
  hasLawOf: gold => gold.some(key => law.test(key)),
})
const corpus: RefusalCorpus = {
  textOf: key => CLAUSES.get(key) ?? '',
  clauseOf: key => key,
  sizes: [
    {
      size: '10',
      corpora: [/甲法/, /乙法/].map((law, i) => ({
        questions: QUESTIONS.slice(i, i + 1),
        open: () => searchIn(law),
      })),
    },
    { size: 'all', corpora: [{ questions: QUESTIONS, open: () => searchIn(/./) }] },
  ],
}

let env: Record<string, string> = {}
const run = async (options: Call['options'], words: string[] = []) => {
  const lines: string[] = []
  const terminal = {
    line: (text: string) => void lines.push(text),
    progress: () => undefined,
    end: () => undefined,
  }
  const command = words.length > 0 ? learnRefusal : evaluateRefusal(() => Promise.resolve(corpus))
  await command.run({
    words,
    options,
    env: () => readEnv(env),
    now: new Date('2026-11-24T09:00:00+08:00'),
    terminal,
  })
  return lines.join('\n')
}

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
  env = { MODEL_BASE_URL: server.base, MODEL_KEY: server.key, MODEL_NAME: 'demo' }
})
afterAll(async () => {
  await server.stop()
})

test('answered and refused are told; a model that was not given is not measured', async () => {
  const told = await run({ queries: 'questions.jsonl' })

  expect(told).toMatch(/原文摘录 10\s+100\.0 %\s+100\.0 %\s+100\.0 %\s+2/)
  expect(told).toMatch(/原文摘录 all\s+100\.0 %\s+100\.0 %\s+没有测\s+2/)
  expect(told).toContain('没有测')
})

test('with an endpoint the model is measured behind the gate, and its failure is no figure', async () => {
  const options = { queries: 'q', endpoint: server.base, model: 'large' }

  expect(await run(options)).toMatch(/加大模型 all\s+100\.0 %\s+100\.0 %\s+没有测\s+2/)
  server.behave({ manner: 'uncited' })
  expect(await run(options)).toMatch(/加大模型 all\s+0\.0 %\s+100\.0 %\s+没有测\s+2/)
  server.behave({ fault: 'failing' })
  await expect(run(options)).rejects.toMatchObject({ kind: 'fall-back' })
  server.behave({})
})

test('a stand-in is never scored, and a model that is not set up is not asked', async () => {
  await expect(run({ endpoint: server.base })).rejects.toThrow(WrongCall)
  const settings = env
  env = {}
  await expect(run({ endpoint: server.base, model: 'large' })).rejects.toThrow(WrongCall)
  env = settings
})

test('what was observed is saved, and a gate is learned from it', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'refusal-')), 'observed.jsonl')
  for (let i = 0; i < 5; i++) await run({ queries: `set-${i % 2}`, save: file })

  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(20)
  expect(await run({}, [file])).toMatch(/set-0 all\s+100\.0 %.*平均 10\s+100\.0 %.*"weights":\{"score":/s)
  await expect(run({}, [`${file}.not`])).rejects.toThrow(WrongCall)
})
