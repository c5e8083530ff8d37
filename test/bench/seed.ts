import { join } from 'node:path'
import { readdirSync, readFileSync } from 'node:fs'
import mongoose from 'mongoose'
import { connect, disconnect } from '#server/base/database'
import { root } from '#server/base/paths'
import { importLessons } from '#server/course/service'
import { Question } from '#server/question/model'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import type { Plan, Step } from './load.ts'

type Cadre = Plan['cadres'][number]

/** Puts the sample lessons into a database, as the first start does. */
export async function seedContent(uri: string, dbName: string): Promise<void> {
  await connect(uri, { dbName })
  await mongoose.connection.dropDatabase()
  await Promise.all(Object.values(mongoose.models).map(model => model.createIndexes()))
  const folder = join(root, 'server/course/sample')
  const files = readdirSync(folder).map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  await importLessons({ files, now: new Date() })
  await disconnect()
}

/** The keys of the bank, to answer right with. */
export async function keysOf(uri: string, dbName: string): Promise<Map<string, string[]>> {
  await connect(uri, { dbName })
  const questions = await Question.find({}, { key: 1 }).lean()
  await disconnect()
  return new Map(questions.map(({ _id, key }) => [_id.toString(), key]))
}

/** Signs so many cadres in, sixteen at a time, and answers their tokens. */
export const signIn = (base: string, count: number): Promise<string[]> =>
  sixteenAtATime(count, async i => {
    const body = { code: `demo:${surname(i)}${i}` }
    return (await ask<Reply<Api['POST /sign-in']>>(base, '', { method: 'POST', path: '/api/sign-in', body }))
      .token
  })

const surname = (i: number): string => '覃彭田向王李张刘'.charAt(i % 8)

/** Opens today's paper of each cadre and plans the five answers: about seven in ten are right. */
export const planAnswers = (base: string, tokens: string[], keys: Map<string, string[]>): Promise<Cadre[]> =>
  sixteenAtATime(tokens.length, async i => {
    const token = tokens[i] ?? ''
    const { paper } = await ask<Reply<Api['GET /today']>>(base, token, { method: 'GET', path: '/api/today' })
    const steps = paper.questions.map(({ question: { id, type, options } }, n): Step => {
      const key = keys.get(id) ?? []
      const right = (i * 5 + n) % 10 < 7
      const wrong = type === 'blank' ? ['无'] : options.slice(0, 1).map(({ label }) => label)
      const body = { chosen: right ? key : wrong }
      return { method: 'POST', path: `/api/quiz/questions/${id}/answer`, body }
    })
    return { token, steps }
  })

async function ask<T>(base: string, token: string, { method, path, body }: Step): Promise<T> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

async function sixteenAtATime<T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) results[i] = await work(i)
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  return results
}
