import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Retrieval } from '#server/policy/retrieval'
import { codeOfLabel, readNumeral } from '#server/policy/retrieval/article-number'
import { absentNames, citationsIn } from '#server/policy/retrieval/citation'
import { documentsOf, lawAndLabel } from '#server/policy/retrieval/corpus'
import { PolicyLibrary } from '#server/policy/retrieval/library'
import { policyDocument } from '../support/policy-documents.ts'

const articles = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    key: `民法典#${i + 1}`,
    label: `第${i + 1}条`,
    heading: '',
    text: `条文${i + 1}`,
  }))
const retrieval = new Retrieval(new PolicyLibrary())
retrieval.add([
  policyDocument('中华人民共和国民法典', [], { otherNames: ['民法典'], articles: articles(300) }),
  policyDocument('中华人民共和国民事诉讼法', ['起诉的条件。', '管辖。'], { otherNames: ['民诉法'] }),
  policyDocument('中华人民共和国刑法', [], {
    articles: [
      { key: '刑法#17', label: '第十七条', heading: '', text: '已满十六周岁的人犯罪，应当负刑事责任。' },
      {
        key: '刑法#17-1',
        label: '第十七条之一',
        heading: '',
        text: '已满七十五周岁的人故意犯罪的，可以从轻。',
      },
    ],
  }),
  policyDocument('最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）', ['彩礼。', '抚养。']),
])
const cited = (question: string) =>
  citationsIn(question, retrieval.library.names).map(({ name, code, paragraph, item }) => [
    name,
    code,
    paragraph,
    item,
  ])

describe('a citation', () => {
  test.each([
    ['《民法典》第二百七十五条', [['民法典', 27500, 0, 0]]],
    ['民法典275条怎么说', [['民法典', 27500, 0, 0]]],
    ['民法典第２７５条第二款', [['民法典', 27500, 2, 0]]],
    ['中华人民共和国民法典 第 二百七十五 条 第二款第（三）项', [['民法典', 27500, 2, 3]]],
    ['根据民诉法第一条起诉', [['民诉法', 100, 0, 0]]],
    ['刑法第十七条之一是什么', [['刑法', 1701, 0, 0]]],
    ['刑法17条之1', [['刑法', 1701, 0, 0]]],
    [
      '《刑法》第十七条、第十七条之一和民法典第二条',
      [
        ['刑法', 1700, 0, 0],
        ['刑法', 1701, 0, 0],
        ['民法典', 200, 0, 0],
      ],
    ],
    [
      '最高人民法院关于适用《民法典》婚姻家庭编的解释（一）第二条',
      [['最高人民法院关于适用民法典婚姻家庭编的解释(一)', 200, 0, 0]],
    ],
    ['民法典对彩礼怎么规定', [['民法典', 0, 0, 0]]],
    ['根据民法典，用人单位违反本规定第六条的', [['民法典', 0, 0, 0]]],
    ['出租荒山要几个人同意', []],
  ])('%s', (question, expected) => expect(cited(question)).toEqual(expected))

  test('comes first, with its paragraph', () => {
    const { hits } = retrieval.search({ question: '民法典第二百七十五条第二款', limit: 3 })
    expect(hits[0]).toMatchObject({ key: '民法典#275', cited: true, paragraph: 2 })
  })
  test('of an article that is not there is told, not guessed', () => {
    const { hits, missing } = retrieval.search({ question: '刑法第五百条', limit: 3 })
    expect(missing).toEqual([{ name: '刑法', code: 50000 }])
    expect(hits.every(hit => !hit.cited)).toBe(true)
  })
  test('of a law that is not there is told', () =>
    expect(absentNames('《民法典》和《茶叶法》怎么规定《诗经》', retrieval.library.names)).toEqual([
      '茶叶法',
    ]))
})

const written = (value: number): string => {
  const digits = '零一二三四五六七八九'
  let text = ''
  let gap = false
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10
    if (digit === 0) gap = text !== ''
    else {
      text += `${gap ? '零' : ''}${digits[digit]}${name}`
      gap = false
    }
  }
  return text
}

describe('a numeral', () => {
  test('is read as it is written, in Chinese and in Arabic digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), value => {
        expect(readNumeral(written(value))).toBe(value)
        expect(readNumeral(written(value).replace(/^一十/, '十'))).toBe(value)
        expect(codeOfLabel(`第${value}条`)).toBe(value * 100)
        expect(codeOfLabel(`第${written(value)}条之二　`)).toBe(value * 100 + 2)
      }),
    )
  })
  test.each([
    ['二七五', 275],
    ['二〇二三', 2023],
    ['甲', NaN],
    ['', NaN],
  ])('%s is %d', (text, value) => expect(readNumeral(text)).toBe(value))
})

describe('names of a corpus', () => {
  test.each([
    ['劳动合同法第七条', '劳动合同法', '第七条'],
    ['中华人民共和国刑法第一百七十五条之一', '中华人民共和国刑法', '第一百七十五条之一'],
    ['社会法/劳动合同法(2012-12-28).md#第七条', '社会法/劳动合同法(2012-12-28).md', '第七条'],
    ['保密工作通知', '保密工作通知', ''],
  ])('%s', (name, law, label) => expect(lawAndLabel(name)).toEqual({ law, label }))

  test('a part of a law is found under the law’s name too', () => {
    const documents = documentsOf([
      { name: '民法典/物权编.md#第二百七十五条', content: '车位的归属。' },
      { name: '民法典/合同编.md#第五百七十七条', content: '违约责任。' },
    ])
    const parts = new Retrieval(new PolicyLibrary())
    parts.add(documents)
    const [first] = parts.search({ question: '《民法典》第五百七十七条', limit: 1 }).hits
    expect(first?.key).toBe('民法典/合同编.md#第五百七十七条')
  })
})

describe('versions', () => {
  const versions = new Retrieval(new PolicyLibrary())
  versions.add([
    policyDocument('信访条例', ['信访人提出信访事项。'], {
      key: 'old',
      from: '2005-05-01',
      until: '2022-05-01',
    }),
    policyDocument('信访工作条例', ['信访人提出信访事项。'], { key: 'new', from: '2022-05-01' }),
  ])
  const on = (day?: string) =>
    versions
      .search({ question: '怎么提出信访事项', limit: 5, ...(day !== undefined && { day }) })
      .hits.map(({ document }) => document)
  test('only what is in force on the day asked about is found', () => {
    expect(on('2015-06-01')).toEqual(['old'])
    expect(on('2022-05-01')).toEqual(['new'])
    expect(on().sort()).toEqual(['new', 'old'])
  })
  test('documents that are left out are not found', () =>
    expect(versions.search({ question: '信访事项', limit: 5, without: ['new'] }).hits).toHaveLength(1))
})

test.each([
  ['nothing', ''],
  ['10,000 characters', '村民会议'.repeat(2500)],
  ['emoji', '😀😀👍'],
  ['English', 'how do I rent collective land?'],
  ['Tibetan', 'བོད་ཡིག་གི་སྐད་ཡིག'],
  ['something like SQL', "'; DROP TABLE articles; --"],
  ['a lone surrogate', '\ud800村'],
])('a question of %s is answered without an error', (_, question) => {
  expect(retrieval.search({ question, limit: 5 }).hits.length).toBeLessThanOrEqual(5)
})
