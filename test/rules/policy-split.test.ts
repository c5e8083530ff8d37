import { describe, expect, test } from '@jest/globals'
import { isCited } from '#server/policy/split/piece'
import { cited, short, split } from '../support/policy-split.ts'

describe('a regulation with parts, chapters and sections', () => {
  const text = `某县茶园管理条例
（2019年3月1日某县第十届人民代表大会第三次会议通过　2021年5月6日修正）
目　录
第一章　总　则
第二章　管　理
第一节　登记
附　则
第一章　总　则
第一条　为了管好茶园，制定本条例。
第二条　茶农应当登记下列事项：
（一）姓名；
（二）面积。
登记不收费。
第二条之一　代办登记的，应当出示委托书。
第二章　管　理
第一节　登记
第三条　乡镇人民政府每年核对一次登记。第二章规定的登记除外。
附　则
第四条　本条例自2019年5月1日起施行。`

  test('every article has its label, its paragraphs and what stands above it', () => {
    expect(cited(text)).toEqual([
      {
        kind: 'article',
        label: '第一条',
        number: 1,
        sub: 0,
        path: ['第一章 总 则'],
        text: '为了管好茶园，制定本条例。',
      },
      {
        ...{ kind: 'article', label: '第二条', number: 2, sub: 0, path: ['第一章 总 则'] },
        text: '茶农应当登记下列事项：\n（一）姓名；\n（二）面积。\n登记不收费。',
      },
      {
        ...{ kind: 'article', label: '第二条之一', number: 2, sub: 1, path: ['第一章 总 则'] },
        text: '代办登记的，应当出示委托书。',
      },
      {
        ...{ kind: 'article', label: '第三条', number: 3, sub: 0, path: ['第二章 管 理', '第一节 登记'] },
        text: '乡镇人民政府每年核对一次登记。第二章规定的登记除外。',
      },
      {
        kind: 'article',
        label: '第四条',
        number: 4,
        sub: 0,
        path: ['附 则'],
        text: '本条例自2019年5月1日起施行。',
      },
    ])
  })

  test('title, history and table of contents are not cited', () => {
    const { title, pieces } = split(text)
    expect(title).toBe('某县茶园管理条例')
    expect(pieces.filter(({ kind }) => kind === 'note').map(short)).toEqual([
      '（2019年3月1日某县第十届人民代表大会第三次会议通过 2021年5月6日修正）',
    ])
    expect(pieces.filter(({ kind }) => kind === 'contents')).toHaveLength(5)
  })
})

test('an order and its announcement stand before the title', () => {
  const { title, pieces } = split(`某省人民政府令
第 12 号
《某省渡口管理办法》已经2020年6月1日省人民政府第5次常务会议通过，现予公布，自2020年8月1日起施行。
省长　张某
2020年6月9日
某省渡口管理办法
第一条　渡口由县级人民政府管理。
第二条　本办法自2020年8月1日起施行。`)
  expect(title).toBe('某省渡口管理办法')
  expect(pieces.filter(isCited).map(short)).toEqual([
    '第一条|渡口由县级人民政府管理。',
    '第二条|本办法自2020年8月1日起施行。',
  ])
})

describe('articles', () => {
  test.each([
    [
      'without white space behind the mark',
      '第一条为了管水，制定本办法。\n第二条用水先登记。',
      ['第一条', '第二条'],
    ],
    ['with a name in brackets', '第一条【目的】为了管水。\n第二条（范围）本县用水。', ['第一条', '第二条']],
    ['in Arabic figures', '第1条 为了管水。\n第2条 用水先登记。', ['第1条', '第2条']],
    ['with white space in the mark', '第 一 条　为了管水。\n第 二 条　用水先登记。', ['第一条', '第二条']],
    ['after a gap', '第一条 为了管水。\n第三条 用水先登记。', ['第一条', '第三条']],
    ['two on a line', '第一条 为了管水。 第二条 用水先登记。', ['第一条', '第二条']],
  ])('%s', (_, text, labels) => {
    expect(cited(`某县用水管理办法\n${text}`).map(({ label }) => label)).toEqual(labels)
  })

  test('that are only mentioned at the beginning of a line stay where they are', () => {
    const articles = cited(`某县用水管理办法
第一条 下列情形除外：
第五条规定的情形；
第二条第一款所列的情形。
第二条 用水先登记。`)
    expect(articles.map(({ label }) => label)).toEqual(['第一条', '第二条'])
    expect(articles[0]?.text).toContain('第五条规定的情形')
  })

  test('that an amendment quotes belong to the amendment', () => {
    const articles = cited(`某办法修正案
第一条 增加一条，作为第九条：“村民小组可以自己记账。
第九条 账目每季度公布一次。
第十条 公布不少于七日。”
第二条 删去第四条。`)
    expect(articles.map(({ label }) => label)).toEqual(['第一条', '第二条'])
  })

  test('of an annex are counted anew', () => {
    const articles = cited(`某县用水管理办法
第一条 用水先登记。
第二条 登记表见附件。
附件1：登记规程
第一条 带身份证。
第二条 填表。`)
    expect(articles.map(({ label, path }) => [label, ...path])).toEqual([
      ['第一条'],
      ['第二条'],
      ['第一条', '附件1：登记规程'],
      ['第二条', '附件1：登记规程'],
    ])
  })

  test('附加 is no annex and 附则 is a chapter', () => {
    const articles = cited(`某办法
第一条 罚款可以：
附加书面检查；
公开道歉。
附则
第二条 即日施行。`)
    expect(articles.map(({ path, text }) => [path.join(), text.length > 8])).toEqual([
      ['', true],
      ['附则', false],
    ])
  })
})
