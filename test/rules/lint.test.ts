import { describe, expect, test } from '@jest/globals'
import { absolutes, countHan, longSentences, sentences, slogans, textLength } from '#server/base/prose'
import { lintLesson } from '#server/course/lint'
import type { LessonDraft } from '#server/course/lesson-file'
import { wordFinding } from '#server/course/wording'
import type { QuestionDraft } from '#server/question/draft'
import { type LintedQuestion, lintQuestions, optionLengths } from '#server/question/lint'
import { QUESTION_RULES } from '#server/question/lint-finding'
import * as fc from 'fast-check'

const source = { law: '行政处罚法', article: '第六十四条', version: '2021年修订', checkedOn: '2026-11-20' }

const choice = (texts: string[], key = 'A', change: Partial<QuestionDraft> = {}): QuestionDraft => ({
  type: 'single',
  stem: '当事人要求听证，怎么办？',
  options: texts.map((text, i) => {
    const label = 'ABCDEFGH'[i] ?? ''
    return { label, text, why: label === key ? '' : '与规定不符。' }
  }),
  key: [key],
  ordered: false,
  explanation: '告知后五日内要求的，机关应当组织听证，这是当事人的权利。',
  topic: '行政处罚',
  difficulty: 2,
  sources: [source],
  ...change,
})

const four = ['按规定组织听证', '直接作出决定', '要求先交费用', '请他下次再来']
const good = choice(four)
const judge = choice(['正确', '错误'], 'A', { type: 'judge', stem: '听证由调查人员主持。' })
const blank = choice([], '', { type: 'blank', stem: '在（　）日内提出。', key: ['五'] })

const linted = (draft: QuestionDraft, scenario: boolean | null = null): LintedQuestion => ({
  draft,
  scenario,
  where: '第1题',
})
const rulesOf = (...drafts: QuestionDraft[]) =>
  lintQuestions(drafts.map(draft => linted(draft))).map(({ rule }) => rule)

describe('a question', () => {
  test('that keeps the rules has no finding', () => {
    expect(rulesOf(good, judge, blank)).toEqual([])
  })

  const broken: [string, QuestionDraft, string][] = [
    [
      'an option far longer than the others',
      choice(['组织听证，并在七日之前通知时间和地点', ...four.slice(1)]),
      'option-length',
    ],
    [
      'the same option twice but for a full stop',
      choice([...four.slice(0, 3), '要求先交费用。']),
      'option-twice',
    ],
    ['以上都对', choice([...four.slice(0, 3), '以上都对']), 'all-of-the-above'],
    ['以上选项均不正确', choice([...four.slice(0, 3), '以上选项均不正确']), 'all-of-the-above'],
    ['都是', choice(['组织', '决定', '收费', '都是']), 'all-of-the-above'],
    ['a double negative', choice(four, 'A', { stem: '当事人不得不参加听证吗？' }), 'double-negative'],
    ['a double negative in an option', choice([...four.slice(0, 3), '并非不能组织']), 'double-negative'],
    ['不正确的是', choice(four, 'A', { stem: '下列说法不正确的是？' }), 'unmarked-negative'],
    ['哪项不属于', choice(four, 'A', { stem: '下列哪项不属于听证范围？' }), 'unmarked-negative'],
    ['错误的做法', choice(four, 'A', { stem: '下列错误的做法是哪一个？' }), 'unmarked-negative'],
    ['a date as the key', choice(['2021年', '2019年', '2018年', '2017年']), 'date-trivia'],
    ['a Chinese date as the key', choice(['七月十五日', '三月一日', '五月一日', '六月一日']), 'date-trivia'],
    ['a document number as the key', choice(['国发〔2019〕12号', '国发〔2019〕13号']), 'date-trivia'],
    ['a blank that asks for a year', { ...blank, key: ['2021年'] }, 'date-trivia'],
    ['no explanation', { ...good, explanation: ' ' }, 'explanation-missing'],
    [
      'an explanation of 121 characters',
      { ...good, explanation: '听证是当事人的权利。'.repeat(12) + '对' },
      'explanation-long',
    ],
    [
      'an explanation that is the key again',
      { ...good, explanation: '正确答案是A，按规定组织听证。' },
      'explanation-repeats',
    ],
    ['an explanation that names the letter', { ...judge, explanation: '本题选A。' }, 'explanation-repeats'],
    [
      'an explanation that is the stem with its gap filled',
      { ...blank, explanation: '在五日内提出。' },
      'explanation-repeats',
    ],
    ['no source', { ...good, sources: [] }, 'source-missing'],
    ['a source without its article', { ...good, sources: [{ law: '行政处罚法' }] }, 'source-incomplete'],
    [
      'a distractor without its why',
      { ...good, options: good.options.map(option => ({ ...option, why: '' })) },
      'why-missing',
    ],
    ['a sentence of 41 characters', { ...good, stem: `${'听'.repeat(40)}吗？` }, 'sentence-long'],
    ['a slogan', { ...good, explanation: '要高度重视听证，按规定通知当事人。' }, 'slogan'],
    ['an absolute word', { ...good, stem: '听证绝对要公开吗？' }, 'absolute'],
  ]
  test.each(broken)('with %s is found', (_, draft, rule) => {
    expect(rulesOf(draft)).toContain(rule)
  })

  const innocent: [string, QuestionDraft][] = [
    ['a marked negative', choice(four, 'A', { stem: '下列说法**不正确**的是哪一项？' })],
    ['a negative in quotation marks', choice(four, 'A', { stem: '下列“不属于”听证范围的是哪一项？' })],
    ['a negative in brackets', choice(four, 'A', { stem: '下列【不包括】在内的是哪一项？' })],
    ['a word that only names a breach', choice(four, 'A', { stem: '违反规定的行为发生后，怎么办？' })],
    ['不得 as a word of the law', choice(['不得提高罚款', '可以提高罚款', '应当提高罚款', '酌情提高罚款'])],
    ['没有不动产', choice(four, 'A', { stem: '当事人没有不动产，怎么办？' })],
    ['a span of days as the key', choice(['五日', '七日', '十日', '三日'])],
    ['short options of unequal length', choice(['函', '请示', '报告', '批复'])],
    ['a slogan in somebody’s mouth', { ...good, stem: '主任说“要高度重视”，你怎么办？' }],
  ]
  test.each(innocent)('with %s passes', (_, draft) => {
    expect(rulesOf(draft)).toEqual([])
  })

  test('has the same length finding in whatever order its options stand', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 }), { minLength: 2, maxLength: 8 }), texts => {
        const turned = [...texts].reverse()
        expect(optionLengths(turned)).toEqual(optionLengths(texts))
        const { longest, median } = optionLengths(texts)
        expect(median).toBeLessThanOrEqual(longest)
      }),
    )
  })
})

describe('a set of questions', () => {
  const set = (count: number, label: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => choice(four, label(i)))

  test.each([
    [
      'nine of twenty keys on one position',
      20,
      (i: number) => (i < 9 ? 'A' : 'BCD'[i % 3]),
      ['key-position'],
    ],
    ['five keys on each', 20, (i: number) => 'ABCD'[i % 4], []],
    ['all keys on one position, but only nineteen', 19, () => 'C', []],
    ['two positions never used', 40, (i: number) => 'AB'[i % 2], ['key-position', 'key-position']],
    ['one position never used', 60, (i: number) => 'ABC'[i % 3], ['key-uneven']],
  ])('with %s: %#', (_, count, label, rules) => {
    expect(rulesOf(...set(count, i => label(i) ?? 'A'))).toEqual(rules)
  })

  test('may have a fifth of judge questions and no more', () => {
    expect(rulesOf(...Array<QuestionDraft>(8).fill(good), judge, judge)).toEqual([])
    expect(rulesOf(...Array<QuestionDraft>(7).fill(good), judge, judge, judge)).toEqual(['judge-share'])
  })

  test('has three scenarios in five where editors said what is one', () => {
    const say = (yes: number, no: number) =>
      lintQuestions([
        ...Array.from({ length: yes }, () => linted(good, true)),
        ...Array.from({ length: no }, () => linted(good, false)),
      ]).map(({ rule }) => rule)
    expect(say(6, 4)).toEqual([])
    expect(say(5, 5)).toEqual(['scenario-share'])
    expect(say(0, 9)).toEqual([])
  })

  test('that is empty has no finding', () => {
    expect(lintQuestions([])).toEqual([])
  })

  test('has a Chinese sentence for every rule', () => {
    for (const rule of QUESTION_RULES) expect(wordFinding({ rule, where: '', params: {} })).toMatch(/。$/)
  })
})

describe('a lesson', () => {
  const paragraph = (text: string) => ({ type: 'paragraph' as const, spans: [{ text }] })
  const lesson: LessonDraft = {
    slug: '01-tingzheng',
    order: 1,
    title: '先让人说话',
    category: '依法行政',
    topic: '行政处罚',
    minutes: 3,
    scene: '老板递来申请。',
    reviewBy: '2027-06-30',
    sources: [source],
    body: [
      { heading: '一', blocks: [paragraph('听证在前。'.repeat(40))] },
      {
        heading: '二',
        blocks: [{ type: 'list', ordered: false, items: [[{ text: '决定在后。'.repeat(40) }]] }],
      },
    ],
    tomorrow: [paragraph('翻一翻模板。')],
  }
  const lint = (change: Partial<LessonDraft> = {}, questions = 5) =>
    lintLesson({ ...lesson, ...change }, questions, '2026-11-23').map(({ rule }) => rule)

  test('that keeps the rules has no finding', () => {
    expect(lint()).toEqual([])
  })

  const broken: [string, Partial<LessonDraft>, string][] = [
    [
      'too short',
      { body: lesson.body.map(({ heading }) => ({ heading, blocks: [paragraph('短。')] })) },
      'lesson-length',
    ],
    ['too long', { tomorrow: [paragraph('长长的话。'.repeat(80))] }, 'lesson-length'],
    [
      'of one section',
      { body: [{ heading: '一', blocks: [paragraph('听证在前。'.repeat(80))] }] },
      'lesson-sections',
    ],
    ['without something to do tomorrow', { tomorrow: [] }, 'tomorrow-missing'],
    ['with an unchecked source', { sources: [{ law: '民法典', article: '第一条' }] }, 'lesson-sources'],
    ['past its review day', { reviewBy: '2026-11-23' }, 'review-overdue'],
    ['with a long title', { title: '题'.repeat(21) }, 'title-long'],
    ['with a long scene', { scene: '景'.repeat(41) }, 'scene-long'],
    ['with a long sentence', { tomorrow: [paragraph('长'.repeat(41))] }, 'sentence-long'],
    ['with a slogan', { title: '凝心聚力办听证' }, 'slogan'],
    ['with an absolute word', { tomorrow: [paragraph('永远先听证。')] }, 'absolute'],
  ]
  test.each(broken)('%s is found', (_, change, rule) => {
    expect(lint(change)).toContain(rule)
  })

  test('has four to six questions', () => {
    expect([3, 4, 6, 7].map(count => lint({}, count))).toEqual([
      ['question-count'],
      [],
      [],
      ['question-count'],
    ])
  })

  test('is told about in Chinese, its slug in front', () => {
    const [finding] = lintLesson({ ...lesson, tomorrow: [] }, 5, '2026-11-23')
    expect(finding && wordFinding(finding)).toBe('01-tingzheng：缺少最后一节“明天就能做的一件事”。')
  })
})

describe('prose', () => {
  test('is counted by Chinese characters, and sentences end at full stops and lines', () => {
    expect(countHan('第33条：ABC，听证。')).toBe(4)
    expect(textLength(' 听 证。')).toBe(3)
    expect(sentences('一。二！“三？”四\n五；六')).toEqual(['一', '二', '“三', '四', '五', '六'])
  })

  test('knows slogans and absolute words outside quotation marks', () => {
    expect(slogans('要凝心聚力。')).toEqual(['凝心聚力'])
    expect(absolutes('他说“绝对”。应当、必须、不得、一律。')).toEqual([])
  })

  test('no piece of a long sentence is lost or made longer', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('听', '证', '。', '？', '\n', '，', '”')), marks => {
        const text = marks.join('')
        expect(countHan(sentences(text).join(''))).toBe(countHan(text))
        expect(longSentences(text).every(sentence => text.includes(sentence))).toBe(true)
      }),
    )
  })
})
