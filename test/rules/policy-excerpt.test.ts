import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { allowanceOf } from '#server/policy/answer/answer-limit'
import { authorshipOf } from '#server/policy/answer/authorship'
import { extractiveAnswer } from '#server/policy/answer/excerpt'
import { pairsOf, shareIn } from '#server/policy/answer/plain-text'
import {
  authorshipWords,
  chatLine,
  copyLine,
  extractiveLines,
  limitWords,
  noticeWords,
  refusalWords,
  SENSITIVE_REFUSED,
  standingWords,
} from '#server/policy/answer/wording'
import { GROUP, HILLS, passage } from '../support/passages.ts'

const wordsMarked = (question: string) =>
  extractiveAnswer(question, [HILLS, GROUP]).excerpts.map(({ number, marked }) =>
    marked.map(({ from, to }) => ([HILLS, GROUP][number - 1]?.text ?? '').slice(from, to)),
  )

test('the sentences that match the question are marked, in the words of the clause', () => {
  const [hills, group] = wordsMarked('村民小组的土地能不能由小组会议讨论决定出租？')

  expect(group).toEqual([expect.stringMatching(/^属于村民小组的集体所有的土地.*公布。$/)])
  expect(hills?.length).toBeGreaterThan(0)
})

test('two lines name the clauses and the chapters they stand in, and say nothing else', () => {
  expect(extractiveLines(extractiveAnswer('出租荒山', [HILLS, GROUP]))).toEqual([
    '相关规定有 2 条：《农村土地承包法》第五十二条[1]、《村民委员会组织法》第二十八条[2]。',
    '所在章节：其他方式的承包；村民会议和村民代表会议。',
  ])
})

test('a clause without headings is told by the words it begins with', () => {
  const notice = passage('账目每月公示一次，接受监督。', { title: '某通知', label: '', path: [] })

  expect(extractiveLines(extractiveAnswer('账目公示', [notice]))[1]).toBe('条文开头：“账目每月公示一次……”。')
})

test('where nothing matches nothing is marked', () => {
  expect(wordsMarked('xyz')).toEqual([[], []])
})

test('marks lie in the clause, in order, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('村', '民', '会', '议', '土', '地', '？', ' ', 'a'), maxLength: 60 }),
      question => {
        for (const { marked } of extractiveAnswer(question, [HILLS]).excerpts) {
          marked.forEach(({ from, to }, at) => {
            expect(from).toBeGreaterThanOrEqual(marked[at - 1]?.to ?? 0)
            expect(to).toBeGreaterThan(from)
            expect(to).toBeLessThanOrEqual(HILLS.text.length)
          })
        }
      },
    ),
  )
})

test('the share of pairs is between none and all', () => {
  expect(shareIn(pairsOf('村民会议'), '村民会议讨论')).toBe(1)
  expect(shareIn(pairsOf('村民会议'), '村民大会')).toBeCloseTo(1 / 3)
  expect(shareIn([], '村民')).toBe(0)
})

describe('labels are true', () => {
  test.each([
    [{ reviewed: false, modelSentences: 0 }, '原文摘录'],
    [{ reviewed: false, modelSentences: 2 }, 'AI生成'],
    [{ reviewed: true, modelSentences: 0 }, '人工审核'],
    [{ reviewed: true, modelSentences: 2 }, '人工审核'],
  ])('%j is %s', (source, label) => expect(authorshipWords[authorshipOf(source)]).toBe(label))

  test('only what a model wrote says AI, and without a model nothing does', () => {
    expect(copyLine('model')).toContain('AI生成')
    expect([copyLine('excerpt'), copyLine('reviewed'), chatLine(false)]).toEqual(['', '', ''])
    expect(chatLine(true)).toContain('AI生成')
  })

  test.each([
    [{}, '现行有效，收录截至 2026-11-01'],
    [{ confirmed: false }, '状态未核实，收录截至 2026-11-01'],
    [{ standing: 'repealed' as const, confirmed: true }, '已废止，收录截至 2026-11-01'],
    [{ standing: 'superseded' as const }, '已有新版，收录截至 2026-11-01'],
    [{ standing: 'not-yet' as const, collectedOn: null }, '尚未施行，收录日期不明'],
  ])('%j stands as %s', (rest, words) => expect(standingWords(passage('甲。', rest))).toBe(words))
})

describe('limits of a day', () => {
  const limits = { cadre: 3, county: 100, countyCost: 5 }
  test.each([
    [
      { cadre: 0, county: 0, countyCost: 0 },
      { model: true, left: 3 },
    ],
    [
      { cadre: 2, county: 99, countyCost: 4.99 },
      { model: true, left: 1 },
    ],
    [
      { cadre: 3, county: 3, countyCost: 0 },
      { model: false, reached: 'cadre' },
    ],
    [
      { cadre: 0, county: 100, countyCost: 0 },
      { model: false, reached: 'county' },
    ],
    [
      { cadre: 0, county: 1, countyCost: 5 },
      { model: false, reached: 'county-cost' },
    ],
  ])('%j: %j', (used, allowance) => expect(allowanceOf(used, limits)).toEqual(allowance))

  test('without a limit of cost any cost is fine', () => {
    expect(allowanceOf({ cadre: 0, county: 0, countyCost: 1e6 }, { ...limits, countyCost: null }).model).toBe(
      true,
    )
  })

  test.each(['cadre', 'county', 'county-cost'] as const)(
    'a reached limit (%s) still gives excerpts',
    reached => {
      expect(limitWords({ model: false, reached })).toContain('条文原文')
    },
  )
})

test.each(['law-absent', 'article-absent', 'nothing-found', 'too-little'] as const)(
  'a refusal for %s says so and what happens next',
  reason => expect(refusalWords(reason, ['某条例'])).toMatch(/没有.*(依据|这一条).*会有人来看/),
)

test.each(['failed', 'unsupported', 'no-evidence'] as const)('after %s the excerpts are announced', outcome =>
  expect(noticeWords(outcome)).toContain('条文原文'),
)

test('what is stopped or refused for its words is told plainly', () => {
  expect(noticeWords('stopped')).toBe('已停止。')
  expect(SENSITIVE_REFUSED).toContain('没有保存')
})
