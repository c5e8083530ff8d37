import { describe, expect, test } from '@jest/globals'
import { blocksOf } from '#server/policy/split/block'
import { isCited } from '#server/policy/split/piece'
import { splitDocument } from '#server/policy/split/split'
import { blocks, cited, short, split } from '../support/policy-split.ts'

describe('a notice without articles', () => {
  const notice = `某县人民政府办公室文件
某政办发〔2023〕5号
某县人民政府办公室
关于做好春季防火工作的
通　知
各乡镇人民政府，县直有关单位：
春季火险等级高。为做好防火工作，现通知如下：
一、落实责任
（一）乡镇负总责。每天巡山两次，
并做好记录。
（二）护林员包山头。
二、严管火源。清明节前后禁止野外用火。
三、加强值守
值班电话二十四小时有人接听。
某县人民政府办公室
2023年2月20日
（此件公开发布）`

  test('its title may stand on several lines under the red head', () => {
    expect(split(notice).title).toBe('某县人民政府办公室关于做好春季防火工作的通知')
  })

  test('is split by headings and numbered paragraphs', () => {
    const passages = split(notice).pieces.filter(isCited)
    expect(passages.map(({ label, path, text }) => [label, path.join(), text.slice(0, 6)])).toEqual([
      ['', '', '各乡镇人民政'],
      ['（一）', '一、落实责任', '（一）乡镇负'],
      ['二', '', '二、严管火源'],
      ['', '三、加强值守', '值班电话二十'],
    ])
  })

  test('who signed it and when is not cited', () => {
    const closing = split(notice).pieces.filter(({ kind }) => kind === 'closing')
    expect(closing.map(short)).toEqual(['某县人民政府办公室', '2023年2月20日', '（此件公开发布）'])
  })
})

test('a table keeps its rows; further parts of a long one know its head', () => {
  const row = (number: number) => ({ at: number, cells: [`${number}号山头`, '护林员巡查并记录'.repeat(6)] })
  const rows = [{ at: 1, cells: ['山头', '要求'] }, ...Array.from({ length: 20 }, (_, at) => row(at + 2))]
  const { pieces } = splitDocument([
    ...blocks('关于巡山的通知\n各村：'),
    ...blocksOf([{ kind: 'table', name: '', rows, spans: [] }]),
  ])
  const tables = pieces.filter(isCited).slice(1)
  expect(tables.length).toBeGreaterThan(1)
  expect(tables[0]?.text).toMatch(/^山头 \| 要求\n2号山头 \| 护林员/)
  expect(tables[1]).toMatchObject({ columns: '山头 | 要求' })
})

test('the name of a chapter on the next line belongs to it', () => {
  const articles = cited(`某县用水管理办法
第一章
总则
第一条 用水先登记。`)
  expect(articles.map(({ path }) => path)).toEqual([['第一章 总则']])
})

test('headings that all come again are a table of contents even without its name', () => {
  const { pieces } = split(`某县用水管理办法
第一章 总则
第二章 登记
第三章 附则
第一章 总则
第一条 用水先登记。
第二章 登记
第二条 登记不收费。
第三章 附则
第三条 即日施行。`)
  expect(pieces.filter(({ kind }) => kind === 'contents')).toHaveLength(3)
  expect(pieces.filter(({ kind }) => kind === 'heading')).toHaveLength(3)
})

test('a table of contents may have dots and page numbers', () => {
  const { pieces } = split(`某县用水办法
目 录
第一章 总则…………1
第二章 登记 3
第一章 总则
第一条 用水先登记。
第二章 登记
第二条 登记不收费。`)
  expect(pieces.filter(({ kind }) => kind === 'contents')).toHaveLength(3)
  expect(pieces.filter(isCited).map(({ path }) => path)).toEqual([['第一章 总则'], ['第二章 登记']])
})

test('a preamble behind such a table does not stand under its last line', () => {
  const [preamble] = cited(`某县用水办法
第一章 总则
第二章 登记
第三章 附则
为了管好用水，制定本办法。
第一章 总则
第一条 用水先登记。
第二章 登记
第二条 登记不收费。
第三章 附则
第三条 即日施行。`)
  expect(preamble).toMatchObject({ kind: 'passage', path: [], text: '为了管好用水，制定本办法。' })
})

test('a title that stands there twice, and the number under it, are not cited', () => {
  const { pieces } = splitDocument([
    { text: '某院关于审理用水案件的规定', heading: 1, front: true },
    { text: '2021年12月20日通过', front: true },
    ...blocks(
      '某院\n关于审理用水案件的\n规定\n某释〔2022〕3号\n为正确审理用水案件，制定本规定。\n第一条 先登记。',
    ),
  ])
  expect(pieces.filter(isCited).map(short)).toEqual(['为正确审理用水案件，制定本规定。', '第一条|先登记。'])
})
