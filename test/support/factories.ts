import { createHash, randomUUID } from 'node:crypto'
import { Question } from '#server/question/model'

type Stored = Parameters<typeof Question.create>[0] extends infer D ? Partial<D> : never

/** A published single-choice question whose key is B; every stem is another one. */
export async function aQuestion(overrides: Stored = {}) {
  const stem = `村民会议至少多久召开一次？（${randomUUID()}）`
  const question = await Question.create({
    bank: '测试题库',
    fingerprint: createHash('sha256').update(stem).digest('hex'),
    type: 'single',
    topic: '基层治理',
    stem,
    options: ['每季度一次', '每年一次', '每两年一次', '每届一次'].map((text, i) => ({
      label: 'ABCD'.charAt(i),
      text,
    })),
    key: ['B'],
    ordered: false,
    explanation: '村民会议由村民委员会召集，每年至少一次。',
    difficulty: 2,
    sources: [{ law: '村民委员会组织法', article: '第二十一条', checkedOn: '2026-09-01' }],
    status: 'published',
    daily: true,
    origin: 'test',
    draw: Math.random(),
    at: new Date(),
    ...overrides,
  })
  return { id: question.id as string, key: question.key, stem: question.stem }
}

/** So many published questions of one topic. */
export const questions = (count: number, overrides: Stored = {}) =>
  Promise.all(Array.from({ length: count }, () => aQuestion(overrides)))
