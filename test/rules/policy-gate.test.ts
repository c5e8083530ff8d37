import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  calibrated,
  crossValidated,
  meanRates,
  type Observation,
  ratesOf,
} from '#server/policy/answer/calibration'
import {
  type Evidence,
  evidenceOf,
  type FoundClauses,
  SIGNS,
  type Signs,
} from '#server/policy/answer/evidence'
import { GATE, type Gate, sumOf, verdictOn } from '#server/policy/answer/gate'
import { matterPairs } from '#server/policy/answer/matter'
import { observationOf, withoutClauses } from '#server/policy/answer/observation'

const hit = (score: number, coverage = 0.5, cited = false) => ({ score, coverage, cited })
const found = (rest: Partial<FoundClauses> = {}): FoundClauses => ({
  hits: [hit(9), hit(3), hit(2), hit(2), hit(1)],
  absent: [],
  missing: [],
  ...rest,
})
const none: Signs = Object.fromEntries(SIGNS.map(sign => [sign, 0])) as Record<(typeof SIGNS)[number], number>
const gate: Gate = { weights: { ...none, score: 1 }, least: 5 }
const QUESTION = '村民小组能不能自己决定出租集体荒山？'

describe('a name settles it', () => {
  test.each<[string, Partial<FoundClauses>, object]>([
    ['a clause that is cited and there', { hits: [hit(Infinity, 1, true)] }, { answer: true }],
    [
      'a law that is not there',
      { absent: ['某条例'] },
      { answer: false, reason: 'law-absent', names: ['某条例'] },
    ],
    ['an article its law does not have', { missing: [{}] }, { answer: false, reason: 'article-absent' }],
    [
      'a law that is not there beside one that is',
      { absent: ['某条例'], hits: [hit(Infinity, 1, true)] },
      { answer: false },
    ],
    ['nothing at all', { hits: [] }, { answer: false, reason: 'nothing-found' }],
  ])('%s', (_, rest, verdict) =>
    expect(verdictOn(evidenceOf(QUESTION, found(rest), []), gate)).toMatchObject(verdict),
  )
})

test.each(['', '？？？', '😀😀', '   '])('a question without words (%j) is not answered', question => {
  expect(verdictOn(evidenceOf(question, found(), ['村民']), gate)).toMatchObject({ answer: false })
})

test('the signs tell how the best clause stands out and covers the question', () => {
  const evidence = evidenceOf(QUESTION, found(), ['村民小组决定出租集体荒山', '荒山', ''])

  expect(evidence).toMatchObject({
    settled: null,
    signs: { score: 9, margin: 8, lead: 6, coverage: 0.5, scatter: 0, named: 0 },
  })
  const apart = evidenceOf('《土地法》荒山出租', found(), ['荒山', '出租'])
  expect(apart.settled === null && apart.signs.scatter).toBeGreaterThan(0)
  expect(apart.settled === null && apart.signs.named).toBe(1)
})

test('a question is what is left without the words that ask', () => {
  expect(matterPairs('请问如何办理低保？')).toEqual(expect.arrayContaining(['低保']))
  expect(matterPairs('请问如何办理低保？')).not.toContain('如何')
  expect(matterPairs('怎么办')).not.toEqual([])
})

test('the gate of the product answers a clause that stands out and refuses crumbs', () => {
  const good: Evidence = {
    settled: null,
    signs: { ...none, score: 12, margin: 5, coverage: 0.7, words: 0.7, detail: 2.5 },
  }
  const crumbs: Evidence = {
    settled: null,
    signs: { ...none, score: 5, margin: 0.5, coverage: 0.3, words: 0.2, scatter: 0.3, detail: 2.5 },
  }

  expect([good, crumbs].map(one => verdictOn(one, GATE).answer)).toEqual([true, false])
})

test('more of the score never turns an answer into a refusal', () => {
  const signs = fc.record(
    Object.fromEntries(SIGNS.map(sign => [sign, fc.double({ min: 0, max: 10, noNaN: true })])),
  )
  fc.assert(
    fc.property(signs, fc.double({ min: 0, max: 10, noNaN: true }), (some, more) => {
      const at = (score: number): Evidence => ({
        settled: null,
        signs: { ...(some as unknown as Signs), score },
      })
      const { score = 0 } = some
      if (verdictOn(at(score), GATE).answer) expect(verdictOn(at(score + more), GATE).answer).toBe(true)
    }),
  )
})

const observation = (set: string, there: number, gone: number): Observation => ({
  set,
  answerable: { settled: null, signs: { ...none, score: there } },
  unanswerable: { settled: null, signs: { ...none, score: gone } },
})

describe('calibration', () => {
  const apart = Array.from({ length: 60 }, (_, i) =>
    observation(i % 2 ? 'a' : 'b', 10 + (i % 7), 2 + (i % 6)),
  )

  test('parts what can be parted', () => {
    const learned = calibrated(apart, 1)

    expect(meanRates(apart, learned)).toMatchObject({ answered: 1, refused: 1 })
    expect(learned.weights.score).toBeGreaterThan(0)
    for (const rates of crossValidated(apart, 0.9, 5).values()) {
      expect(rates.answered).toBeGreaterThanOrEqual(0.85)
      expect(rates.refused).toBeGreaterThanOrEqual(0.9)
    }
  })

  test('answers as many as it is asked to, where they cannot be parted', () => {
    const alike = Array.from({ length: 100 }, (_, i) => observation('a', i, i))

    expect(ratesOf(alike, calibrated(alike, 0.8)).answered).toBeGreaterThanOrEqual(0.8)
  })

  test('of nothing it learns a gate that is at least one', () => {
    expect(Number.isFinite(sumOf(none, calibrated([], 0.8).weights))).toBe(true)
  })
})

test('a search without the clauses that answer has none of their versions and none of the same words', () => {
  const hits = ['new#1', 'old#1', 'copy#9', 'other#2'].map(key => ({ ...hit(1), key }))
  const articles = {
    textOf: (key: string) => (key === 'other#2' ? '别的' : '一样的话'),
    clauseOf: (key: string) => `law${key.slice(key.indexOf('#'))}`,
  }

  expect(withoutClauses(found({ hits }) as never, ['new#1'], articles).hits.map(({ key }) => key)).toEqual([
    'other#2',
  ])
  const cited = [{ ...hit(Infinity, 1, true), key: 'new#1' }]
  expect(
    observationOf('s', { question: '荒山', gold: ['new#1'] }, found({ hits: cited }) as never, articles),
  ).toEqual({
    set: 's',
    answerable: { settled: 'cited' },
    unanswerable: { settled: 'article-absent' },
  })
})
