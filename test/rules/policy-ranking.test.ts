import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { measure, percentile } from '#server/policy/evaluation'
import { Retrieval } from '#server/policy/retrieval'
import { EVERYDAY_WORDS } from '#server/policy/retrieval/everyday-vocabulary'
import { fuse } from '#server/policy/retrieval/fusion'
import { readLearned, writeLearned } from '#server/policy/retrieval/learned-file'
import { learn } from '#server/policy/retrieval/learning'
import { PolicyLibrary } from '#server/policy/retrieval/library'
import { matterOf } from '#server/policy/retrieval/question'
import { VectorStore } from '#server/policy/retrieval/vector-store'
import { policyDocument } from '../support/policy-documents.ts'

describe('the measures', () => {
  test('count shares of right articles by depth, and the first right one', () => {
    const quality = measure([
      { found: ['a', 'b', 'c'], gold: ['a', 'c'] },
      { found: ['x', 'y'], gold: ['y'] },
      { found: [], gold: ['z'] },
    ])
    expect(quality.recall[1]).toBeCloseTo(0.5 / 3)
    expect(quality.recall[5]).toBeCloseTo(2 / 3)
    expect(quality.mrr).toBeCloseTo(1.5 / 3)
    expect(quality.hit).toBeCloseTo(1 / 3)
    expect(quality.hitOfFive).toBeCloseTo(2 / 3)
  })
  test('of times are the value below which a share lies', () => {
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3)
    expect(percentile([], 0.95)).toBe(0)
  })
})

describe('what a question is about', () => {
  test.each([
    ['下列说法正确的是：（  ）。试用期工资', '试用期工资'],
    ['试用期中，符合法律规定的是（  ）。', '试用期中'],
    ['请问，宅基地可以继承吗？', '宅基地可以继承吗'],
  ])('%s', (question, kept) => expect(matterOf(question).replace(/[^\p{L}]/gu, '')).toBe(kept))
  test('is all of it where only words that ask are there', () => expect(matterOf('请问')).toBe('请问'))
  test('everyday words are many, each with other terms than itself, none twice', () => {
    expect(EVERYDAY_WORDS.length).toBeGreaterThan(300)
    const words = EVERYDAY_WORDS.map(([word]) => word)
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([])
    expect(EVERYDAY_WORDS.filter(([word, terms]) => word === '' || terms.includes(word))).toEqual([])
  })
  test('everyday words find the terms of law', () => {
    const retrieval = new Retrieval(new PolicyLibrary())
    retrieval.add([
      policyDocument('租赁法', [
        '承租人应当爱护租赁物。',
        '出租人应当维修租赁物。',
        '本法自公布之日起施行。',
      ]),
    ])
    expect(retrieval.search({ question: '房东不管', limit: 1 }).hits[0]?.key).toBe('租赁法#2')
  })
})

describe('learning', () => {
  const documents = [
    policyDocument('抚恤法', ['烈士遗属享受定期抚恤金。', '伤残军人享受补助。', '主管部门负责管理。']),
    policyDocument('道路法', ['车辆应当靠右行驶。', '行人应当走人行道。', '主管部门负责管理。']),
  ]
  const library = new PolicyLibrary()
  library.add(documents)
  const articles = new Map(
    documents.flatMap(({ name, articles }) =>
      articles.map(({ key, text }) => [key, { law: name, text }] as const),
    ),
  )
  const questions = [
    '光荣之家能领多少',
    '光荣之家怎么领',
    '光荣之家领什么',
    '走路走哪边',
    '走路要靠哪边',
  ].map((question, i) => ({ question, gold: [i < 3 ? '抚恤法#1' : '道路法#2'] }))
  const learned = learn(library, articles, questions)

  test('lets a word find the article that its questions had, where no word is the same', () => {
    const question = { question: '光荣之家', limit: 1 }
    expect(new Retrieval(library).search(question).hits).toEqual([])
    expect(new Retrieval(library, learned).search(question).hits[0]?.key).toBe('抚恤法#1')
  })
  test('takes nothing from a word that stood in one question only', () => {
    const words = [...writeLearned(learned).matchAll(/^word\t(..)\t/gm)].map(([, word]) => word)
    expect(words).toContain('光荣')
    expect(words).not.toContain('多少')
  })
  test('is written and read without a change', () => {
    const text = writeLearned(learned)
    expect(writeLearned(readLearned(text))).toBe(text)
  })
  test('a line that cannot be read is told by its number', () =>
    expect(() => readLearned('unseen\t7\nword\n')).toThrow('line 2'))
})

describe('fusion by reciprocal rank', () => {
  const lists = fc.array(
    fc.record({ keys: fc.uniqueArray(fc.constantFrom(...'abcdefgh')), weight: fc.constantFrom(1, 2) }),
    { maxLength: 4 },
  )
  test('has every key once, and one that is never behind another is not put behind it', () => {
    fc.assert(
      fc.property(lists, all => {
        const fused = fuse(all).map(({ key }) => key)
        expect([...fused].sort()).toEqual([...new Set(all.flatMap(({ keys }) => keys))].sort())
        const place = (keys: readonly string[], key: string) =>
          keys.includes(key) ? keys.indexOf(key) : Infinity
        for (const one of fused) {
          for (const other of fused) {
            const better = all.every(({ keys }) => place(keys, one) <= place(keys, other))
            const once = all.some(({ keys }) => place(keys, one) < place(keys, other))
            if (better && once) expect(fused.indexOf(one)).toBeLessThan(fused.indexOf(other))
          }
        }
      }),
    )
  })
})

describe('a search by words and by meaning', () => {
  const retrieval = new Retrieval(new PolicyLibrary())
  retrieval.add([
    policyDocument('养老法', ['子女应当赡养老年人。', '主管部门负责管理。']),
    policyDocument('废止的法', ['子女应当赡养老年人。'], { until: '2000-01-01' }),
  ])
  retrieval.keepVectors([
    ['养老法#1', Float32Array.of(0, 1)],
    ['养老法#2', Float32Array.of(1, 0)],
    ['废止的法#1', Float32Array.of(1, 0)],
  ])
  const search = (vector?: Float32Array) =>
    retrieval
      .search({ question: '赡养', limit: 5, day: '2026-01-01', ...(vector && { vector }) })
      .hits.map(({ key }) => key)

  test('finds by meaning what no word finds, only what is in force', () => {
    expect(search()).toEqual(['养老法#1'])
    expect(search(Float32Array.of(1, 0))).toEqual(['养老法#1', '养老法#2'])
  })
  test('forgets the vectors of a document that is removed', () => {
    retrieval.remove(['养老法'])
    expect(search(Float32Array.of(1, 0))).toEqual([])
  })
})

describe('vectors in a byte a number', () => {
  const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 })
  const length = (one: number[]) => Math.hypot(...one)
  const cosine = (a: number[], b: number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / (length(a) * length(b))

  test('keep the cosine to two hundredths', () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        fc.pre(length(a) > 0.01 && length(b) > 0.01)
        const store = new VectorStore(16)
        store.set('a', a)
        expect(Math.abs((store.nearest(b, 1)[0]?.cosine ?? 0) - cosine(a, b))).toBeLessThan(0.02)
      }),
    )
  })
  test('are replaced and taken out by key', () => {
    const store = new VectorStore(2)
    for (let i = 0; i < 100; i++) store.set(`v${i}`, [1, i])
    store.delete('v0')
    store.set('v1', [0, -1])
    expect(store.size).toBe(99)
    expect(store.nearest([1, 0], 1)[0]?.key).toBe('v2')
    expect(store.nearest([0, -1], 1)[0]?.key).toBe('v1')
  })
  test('of another size are refused', () => expect(() => new VectorStore(3).set('a', [1, 2])).toThrow('3'))
})
