import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type Aim,
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
import { GATE, type Gate, leastAmong, sumOf, verdictOn } from '#server/policy/answer/gate'
import { matterPairs } from '#server/policy/answer/matter'
import { evidenceWithAndWithout, withoutClauses } from '#server/policy/answer/observation'
import { commonPairs, pairRarity, RAREST } from '#server/policy/answer/pair-rarity'

const hit = (score: number, document = '办法', cited = false) => ({ score, document, cited })
const found = (rest: Partial<FoundClauses> = {}): FoundClauses => ({
  hits: [hit(9), hit(8), hit(3, '别的'), hit(2), hit(1)],
  absent: [],
  missing: [],
  articles: 50,
  ...rest,
})
const none: Signs = Object.fromEntries(SIGNS.map(sign => [sign, 0])) as Record<(typeof SIGNS)[number], number>
const gate: Gate = { weights: { ...none, score: 1 }, thresholds: [{ articles: 50, least: 5 }] }
const QUESTION = '村民小组能不能自己决定出租集体荒山？'

describe('a name settles it', () => {
  test.each<[string, Partial<FoundClauses>, object]>([
    ['a clause that is cited and there', { hits: [hit(Infinity, '办法', true)] }, { answer: true }],
    [
      'a law that is not there',
      { absent: ['某条例'] },
      { answer: false, reason: 'law-absent', names: ['某条例'] },
    ],
    ['an article its law does not have', { missing: [{}] }, { answer: false, reason: 'article-absent' }],
    [
      'a law that is not there beside one that is',
      { absent: ['某条例'], hits: [hit(Infinity, '办法', true)] },
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

test('the signs tell how the best clause stands out of other documents and what a sentence has of the question', () => {
  const evidence = evidenceOf(QUESTION, found(), ['村民小组决定出租集体荒山', '荒山', ''])

  expect(evidence).toMatchObject({ settled: null, articles: 50, signs: { score: 9, margin: 6, named: 0 } })
  const sentence = (text: string) => {
    const one = evidenceOf(QUESTION, found(), [text])
    return one.settled === null ? one.signs.sentence : 0
  }
  expect(sentence('村民小组决定出租集体荒山')).toBeGreaterThan(sentence('村民小组决定。出租集体荒山'))
  const named = evidenceOf('《土地法》荒山出租', found(), ['荒山', '出租'])
  expect(named.settled === null && named.signs.named).toBe(1)
})

test.each([
  ['a word that is nowhere', '离婚财产怎么分割', '出租集体资源，按照下列程序办理'],
  ['only a common word of many', '医保报销比例需要什么材料', '材料不齐的，应当一次告知'],
])('whatever the scores, %s is no evidence', (_, question, text) => {
  expect(evidenceOf(question, found({ hits: [hit(40)] }), [text])).toEqual({ settled: 'nothing-found' })
})

describe('how much a pair tells', () => {
  test('is told by the laws of the country, not by the documents at hand', () => {
    expect(pairRarity('应当')).toBeLessThan(pairRarity('会议'))
    expect(pairRarity('会议')).toBeLessThan(pairRarity('荒山'))
    expect(pairRarity('荒山')).toBe(RAREST)
  })

  test('is learned from texts: what hardly any has is left out', () => {
    const texts = Array.from({ length: 1_000 }, (_, i) =>
      i === 0 ? ['应当', '荒山'] : i < 500 ? ['应当'] : ['a1'],
    )
    expect(commonPairs(texts)).toEqual([[0.5, '应当']])
  })
})

test('a question is what is left without the words that ask', () => {
  expect(matterPairs('请问如何办理低保？')).toEqual(expect.arrayContaining(['低保']))
  expect(matterPairs('请问如何办理低保？')).not.toContain('如何')
  expect(matterPairs('怎么办')).not.toEqual([])
})

test('the gate of the product answers a clause that stands out and refuses crumbs', () => {
  const signs = (rest: Partial<Signs>): Evidence => ({
    settled: null,
    articles: 60_000,
    signs: { ...none, detail: 3.5, rare: 1.4, ...rest },
  })
  const good = signs({ score: 12, margin: 4, sentence: 0.7 })
  const crumbs = signs({ score: 6, margin: 0.5, sentence: 0.2 })

  expect([good, crumbs].map(one => verdictOn(one, GATE).answer)).toEqual([true, false])
})

test('among more articles more is wanted, and between the sizes measured the logarithm decides', () => {
  const thresholds = [
    { articles: 10, least: 1 },
    { articles: 1_000, least: 3 },
  ]
  expect([0, 1, 10, 100, 1_000, 1_000_000].map(articles => leastAmong(articles, { thresholds }))).toEqual([
    1, 1, 1, 2, 3, 3,
  ])
  expect(leastAmong(50, GATE)).toBeLessThan(leastAmong(60_000, GATE))
})

test('more of the score never turns an answer into a refusal', () => {
  const signs = fc.record(
    Object.fromEntries(SIGNS.map(sign => [sign, fc.double({ min: 0, max: 10, noNaN: true })])),
  )
  fc.assert(
    fc.property(signs, fc.double({ min: 0, max: 10, noNaN: true }), (some, more) => {
      const at = (score: number): Evidence => ({
        settled: null,
        articles: 500,
        signs: { ...(some as unknown as Signs), score },
      })
      const { score = 0 } = some
      if (verdictOn(at(score), GATE).answer) expect(verdictOn(at(score + more), GATE).answer).toBe(true)
    }),
  )
})

const AIM: Aim = { answered: 0.8, refused: 0.7, strangers: 0.9 }
const weighed = (score: number, articles = 50): Evidence => ({
  settled: null,
  articles,
  signs: { ...none, score },
})
const observation = (number: number, there: number, gone: number): Observation => ({
  ...{ set: number % 2 ? 'a' : 'b', number, size: '50' },
  ...{ answerable: weighed(there), unanswerable: weighed(gone), stranger: null },
})

describe('calibration', () => {
  const apart = Array.from({ length: 60 }, (_, i) => observation(i, 10 + (i % 7), 2 + (i % 6)))

  test('parts what can be parted', () => {
    const learned = calibrated(apart, { ...AIM, refused: 1 })

    expect(meanRates(apart, learned)).toMatchObject({ answered: 1, refused: 1, strangers: null })
    expect(learned.weights.score).toBeGreaterThan(0)
    for (const rates of crossValidated(apart, { ...AIM, refused: 1 }, 5, ({ set }) => set).values()) {
      expect(rates.answered).toBeGreaterThanOrEqual(0.85)
      expect(rates.refused).toBeGreaterThanOrEqual(0.9)
    }
  })

  test('answers as many as it is asked to, where they cannot be parted', () => {
    const alike = Array.from({ length: 100 }, (_, i) => observation(i, i, i))

    expect(meanRates(alike, calibrated(alike, AIM)).answered).toBeGreaterThanOrEqual(0.8)
  })

  test('is no stricter than it takes to refuse what it should, strangers among it', () => {
    const some = Array.from({ length: 100 }, (_, i) => observation(i, 20 + i, i))
    const strange = some.map((one, i) => ({ ...one, stranger: weighed(20 + i / 2) }))
    const [lax, strict] = [some, strange].map(one =>
      calibrated(one, { answered: 0, refused: 0.5, strangers: 0.9 }),
    )

    const { refused } = ratesOf(some, lax ?? GATE)
    expect(refused).toBeGreaterThanOrEqual(0.5)
    expect(refused).toBeLessThan(0.55)
    expect(ratesOf(strange, strict ?? GATE).strangers).toBeGreaterThanOrEqual(0.9)
  })

  test('has a threshold for each size of corpus, the smallest first', () => {
    const large = apart.map(one => ({ ...one, size: 'all', answerable: weighed(30, 60_000) }))
    const { thresholds } = calibrated([...large, ...apart], AIM)
    expect(thresholds.map(({ articles }) => articles)).toEqual([50, 60_000])
  })

  test('of nothing it learns a gate that is at least one', () => {
    expect(Number.isFinite(sumOf(none, calibrated([], AIM).weights))).toBe(true)
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
  const cited = [{ ...hit(Infinity, '办法', true), key: 'new#1' }]
  const asked = { question: '荒山', gold: ['new#1'] }
  expect(evidenceWithAndWithout(asked, found({ hits: cited }) as never, articles)).toEqual({
    answerable: { settled: 'cited' },
    unanswerable: { settled: 'article-absent' },
  })
})
