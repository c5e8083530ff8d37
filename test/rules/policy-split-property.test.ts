import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { labelsIn } from '#server/policy/metadata/cited-label'
import { blocksOf } from '#server/policy/split/block'
import { readNumeral, writeNumeral } from '#server/policy/split/numeral'
import { isCited, wordsOf } from '#server/policy/split/piece'
import { splitDocument } from '#server/policy/split/split'
import type { Part } from '#server/reading/part'

const bare = (text: string) => text.replace(/\s/g, '')

const number = fc.integer({ min: 1, max: 40 }).map(writeNumeral)
const words = fc.constantFrom(
  '用水先登记。',
  '附件1',
  '附 则',
  '目 录',
  '“村民小组可以',
  '自己记账。”',
  '（2019年3月1日通过）',
  '某政发〔2023〕5号',
  '关于用水的通知',
  '2023年2月20日',
  '某县人民政府',
  '登记不收费。第三条 补登记也不收费。',
)
const line = fc.oneof(
  words,
  fc.tuple(number, fc.constantFrom(' ', '', '　'), words).map(([n, gap, text]) => `第${n}条${gap}${text}`),
  fc.tuple(number, words).map(([n, text]) => `第${n}条之一 ${text}`),
  fc
    .tuple(number, fc.constantFrom('编', '章', '节'), words)
    .map(([n, unit, text]) => `第${n}${unit} ${text}`),
  fc
    .tuple(number, fc.constantFrom('、', '）'), words)
    .map(([n, mark, text]) => (mark === '、' ? `${n}、${text}` : `（${n}）${text}`)),
  fc.string({ maxLength: 30 }),
  fc.constant('长'.repeat(1600)),
)
const textPart = fc
  .array(fc.record({ text: line, heading: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }) }))
  .map((lines): Part => ({
    kind: 'text',
    name: '',
    lines: lines.map(({ text, heading }, at) => ({
      at: at + 1,
      text,
      ...(heading !== undefined && { heading }),
    })),
  }))
const tablePart = fc
  .array(fc.array(words, { minLength: 1, maxLength: 3 }), { maxLength: 30 })
  .map((rows): Part => ({
    kind: 'table',
    name: '',
    rows: rows.map((cells, at) => ({ at, cells })),
    spans: [],
  }))

test('all pieces together are the text, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 3, arbitrary: textPart }, tablePart), { maxLength: 6 }),
      parts => {
        const blocks = blocksOf(parts)
        const { pieces } = splitDocument(blocks)
        expect(bare(pieces.map(wordsOf).join(''))).toBe(bare(blocks.map(({ text }) => text).join('')))
      },
    ),
    { numRuns: 500 },
  )
})

test('a law of numbered articles comes back article by article', () => {
  const article = fc.array(fc.constantFrom('应当登记。', '（一）姓名；', '（二）面积。', '登记不收费。'), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(fc.array(article, { minLength: 1, maxLength: 120 }), articles => {
      const lines = articles.flatMap(([first = '', ...more], at) => [
        `第${writeNumeral(at + 1)}条　${first}`,
        ...more,
      ])
      const part: Part = {
        kind: 'text',
        name: '',
        lines: ['某县用水条例', ...lines].map((text, at) => ({ at, text })),
      }
      const cited = splitDocument(blocksOf([part])).pieces.filter(isCited)
      expect(cited.map(({ text }) => text.split('\n'))).toEqual(articles)
      expect(cited.map(({ label }) => readNumeral(label.slice(1, -1)))).toEqual(
        articles.map((_, at) => at + 1),
      )
    }),
  )
})

test('every number is read as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), value => {
      expect(readNumeral(writeNumeral(value))).toBe(value)
      expect(readNumeral(String(value))).toBe(value)
    }),
  )
})

test.each([
  ['一千二百六十', 1260],
  ['一百零三', 103],
  ['一百一十', 110],
  ['十七', 17],
  ['二〇二三', 2023],
  ['一九九五', 1995],
  ['１２３', 123],
  ['', NaN],
  ['条', NaN],
])('%s is %d', (text, value) => expect(readNumeral(text)).toBe(value))

test.each([
  ['第14条第2款', ['第十四条']],
  ['第十四条、第十六条之一', ['第十四条', '第十六条之一']],
  ['第八至第十条', ['第十条']],
  ['第八条至第十条', ['第八条', '第九条', '第十条']],
  ['275条', ['第二百七十五条']],
  ['附则', []],
])('%s names %j', (citation, labels) => expect(labelsIn(citation)).toEqual(labels))
