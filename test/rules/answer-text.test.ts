import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Answer, Cited } from '#shared/policy'
import {
  answerCopy,
  folded,
  isLong,
  piecesOf,
  runsOf,
  standingWords,
} from '../../miniprogram/src/components/answer-text.ts'
import { anAnswer } from '../support/answer.ts'

const cited = (more: Partial<Cited> = {}): Cited => ({
  number: 1,
  id: '0'.repeat(24),
  title: '信访工作条例',
  label: '第二十二条',
  path: [],
  text: '应当登记。\n在15日内告知。',
  columns: '',
  day: '2022-02-25',
  standing: 'in-force',
  status: '状态未核实，收录截至 2026-11-01',
  level: '党内法规',
  marked: [],
  ...more,
})
const answer = (more: Partial<Answer> = {}): Answer =>
  anAnswer({
    ...{
      by: 'excerpt',
      label: '原文摘录',
      lines: ['相关规定有 1 条[1]。'],
      clauses: [cited()],
      refused: false,
    },
    ...more,
  })

describe('a paragraph cut at its citations', () => {
  test('keeps words and numbers in their order', () => {
    expect(piecesOf('要登记[1]，并告知[2][3]。', [1, 2, 3])).toEqual([
      { text: '要登记' },
      { cite: 1 },
      { text: '，并告知' },
      { cite: 2 },
      { cite: 3 },
      { text: '。' },
    ])
  })
  test('leaves a number that no clause bears as it was written', () => {
    expect(piecesOf('见[9]号文[1]', [1])).toEqual([{ text: '见[9]号文' }, { cite: 1 }])
  })
  test('loses nothing, whatever is written', () => {
    const line = fc
      .array(fc.constantFrom('[', ']', '1', '2', '[1]', '[2]', '条', ' '))
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(line, text => {
        const told = piecesOf(text, [1]).map(piece => ('text' in piece ? piece.text : `[${piece.cite}]`))
        expect(told.join('')).toBe(text)
      }),
    )
  })
})

describe('a clause with what matches marked', () => {
  test('is cut where a mark begins and ends, line by line', () => {
    expect(runsOf({ text: '甲乙丙\n丁戊', marked: [{ from: 1, to: 5 }] })).toEqual([
      [
        { text: '甲', marked: false },
        { text: '乙丙', marked: true },
      ],
      [
        { text: '丁', marked: true },
        { text: '戊', marked: false },
      ],
    ])
  })
  test('keeps every word, wherever the marks stand', () => {
    const spans = fc.array(fc.record({ from: fc.nat(30), length: fc.nat(10) }), { maxLength: 3 })
    const text = fc
      .array(fc.constantFrom('条', '款', '\n', '。'), { maxLength: 30 })
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(text, spans, (words, marks) => {
        const marked = marks.map(({ from, length }) => ({ from, to: from + length }))
        const lines = runsOf({ text: words, marked }).map(runs => runs.map(run => run.text).join(''))
        expect(lines.join('\n')).toBe(words)
      }),
    )
  })
  test('begins at its first mark when that stands deep in a long text', () => {
    const text = `${'前'.repeat(200)}应当在60日内办结。`
    const fold = folded({ text, marked: [{ from: 200, to: text.length }] })
    expect(fold.text).toBe('……应当在60日内办结。')
    expect(runsOf(fold)[0]?.find(run => run.marked)?.text).toBe('应当在60日内办结。')
  })
  test('begins at its beginning when the mark is in view there', () => {
    const clause = { text: `应当登记。${'后'.repeat(200)}`, marked: [{ from: 0, to: 5 }] }
    expect(folded(clause)).toEqual(clause)
  })
  test.each([
    ['短', false],
    ['长'.repeat(121), true],
    ['一\n二\n三\n四\n五\n六\n七', true],
  ])('%s is long: %s', (text, long) => {
    expect(isLong({ text })).toBe(long)
  })
})

describe('how a clause stands', () => {
  test.each([
    ['in-force', '现行有效，收录截至 2026-11-01', '现行有效', 'tea'],
    ['in-force', '状态未核实，收录截至 2026-11-01', '状态未核实', 'amber'],
    ['repealed', '已废止，收录截至 2026-11-01', '已废止', 'rust'],
    ['superseded', '已有新版，收录截至 2026-11-01', '已有新版', 'amber'],
    ['not-yet', '尚未施行，收录日期不明', '尚未施行', 'amber'],
  ] as const)('%s, %s: %s in %s', (standing, status, word, tone) => {
    expect(standingWords({ standing, status })).toMatchObject({ word, tone })
  })
})

describe('a copied answer', () => {
  test('names each clause with how it stands, and bears its label', () => {
    const text = answerCopy(answer({ by: 'reviewed', label: '人工审核' }))
    expect(text).toContain(
      '[1] 《信访工作条例》第二十二条（2022-02-25 文本，状态未核实，收录截至 2026-11-01）',
    )
    expect(text).toContain('标签：人工审核')
    expect(text).not.toContain('AI')
    expect(text).not.toContain('应当登记')
  })
  test('of excerpts holds the words of the clauses', () => {
    expect(answerCopy(answer())).toContain('应当登记。\n在15日内告知。')
  })
  test('of a model ends with the line that says so', () => {
    const text = answerCopy(answer({ by: 'model', label: 'AI生成', copyLine: '（本内容由AI生成）' }))
    expect(text.endsWith('（本内容由AI生成）')).toBe(true)
  })
})
