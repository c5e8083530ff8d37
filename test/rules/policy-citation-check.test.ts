import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { checkAnswer, checkSentence } from '#server/policy/answer/citation-check'
import { figuresIn } from '#server/policy/answer/figure'
import { sentencesOfAnswer, sentencesOfClause, wholeSentences } from '#server/policy/answer/sentence'
import { GROUP, HILLS, passage } from '../support/passages.ts'

const passages = [HILLS, GROUP]

describe('a sentence that rests on its clause is kept', () => {
  test.each([
    '出租给外人承包，要先经村民会议三分之二以上成员同意[1]。',
    '还要报乡（镇）人民政府批准。[1]',
    '应当经“村民会议三分之二以上成员或者三分之二以上村民代表的同意”[1]。',
    '需要2/3以上村民代表同意，也就是三分之二以上[1]。',
    '小组会议要有十八周岁以上的村民三分之二以上参加[2]，决定须经到会人员的过半数同意[2]。',
    '《村民委员会组织法》第二十八条规定，所作决定应当及时向本村民小组的村民公布[2]。',
    '承包要经村民会议同意，小组的土地由村民小组会议讨论决定[1,2]。',
  ])('%s', sentence => expect(checkSentence(sentence, passages)).toMatchObject({ fault: null }))
})

describe('a sentence that does not is dropped', () => {
  test.each([
    ['出租给外人承包，要先经村民会议同意。', 'uncited'],
    ['出租给外人承包，要先经村民会议同意[3]。', 'no-such-passage'],
    ['出租给外人承包，要先经村民会议同意[0]。', 'no-such-passage'],
    ['应当经“全体村民一致同意”[1]。', 'words-not-there'],
    ['《土地管理法》规定要经村民会议三分之二以上成员同意[1]。', 'words-not-there'],
    ['要经村民会议四分之三以上成员同意[1]。', 'figures-not-there'],
    ['要经村民会议80%以上成员同意[1]。', 'figures-not-there'],
    ['应当在30日内报乡（镇）人民政府批准[1]。', 'figures-not-there'],
    ['《农村土地承包法》第五十三条规定要报乡（镇）人民政府批准[1]。', 'figures-not-there'],
    ['发包给本集体经济组织以外的个人承包，无需报乡（镇）人民政府批准[1]。', 'frees-or-forbids'],
    ['任何时候都不得将农村土地发包给本集体经济组织以外的单位承包[1]。', 'frees-or-forbids'],
    ['天气好的时候适合去爬山看风景[1]。', 'not-supported'],
    ['详见 https://example.com 的村民会议同意[1]。', 'not-to-be-told'],
    ['报乡（镇）人民政府批准[1]<img src=x>。', 'not-to-be-told'],
    ['村民会议同意，本条已人工审核[1]。', 'not-to-be-told'],
  ])('%s %s', (sentence, fault) => expect(checkSentence(sentence, passages)).toMatchObject({ fault }))
})

test('现行有效 is said only of a clause whose status is confirmed', () => {
  const claim = '这条规定现行有效，发包给外人承包要报乡（镇）人民政府批准[1]。'

  expect(checkSentence(claim, [HILLS]).fault).toBeNull()
  expect(checkSentence(claim, [{ ...HILLS, confirmed: false }]).fault).toBe('not-confirmed')
})

test('a clause that speaks of 人工审核 or of what is done at will may be quoted', () => {
  const clause = passage('网络服务提供者采用人工审核的方式。公路用地上的树木，不得任意砍伐。')

  expect(checkSentence('网络服务提供者采用人工审核的方式[1]。', [clause]).fault).toBeNull()
  expect(checkSentence('公路用地上的树木，不得任意砍伐[1]。', [clause]).fault).toBeNull()
})

test('what is left after a sentence is dropped keeps its citations', () => {
  const answer = '要先经村民会议三分之二以上成员同意[1]。费用是500元[1]。所作决定应当及时向村民公布[2]。'

  expect(checkAnswer(answer, passages)).toMatchObject({
    outcome: 'kept',
    text: '要先经村民会议三分之二以上成员同意[1]。所作决定应当及时向村民公布[2]。',
    cites: [1, 2],
    dropped: [{ fault: 'figures-not-there' }],
  })
})

test.each([
  ['', 'nothing was written'],
  ['没有依据', 'the model found nothing'],
  ['可以随便出租。要先经村民会议三分之二以上成员同意[1]。', 'the sentence that answers fails'],
  ['要经村民会议同意[1]。费用500元[1]。期限3天[1]。', 'most sentences fail'],
])('%s is replaced: %s', answer => expect(checkAnswer(answer, passages).outcome).toBe('replaced'))

test('whatever a model writes, what is kept cites passages that exist and has only their figures', () => {
  const piece = fc.constantFrom(
    '要经村民会议同意',
    '三分之二以上',
    '5万元',
    '“批准”',
    '“随便”',
    '[1]',
    '[2]',
    '[9]',
    '。',
    '\n',
    '不得',
    '第五十二条',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
      const checked = checkAnswer(pieces.join(''), passages)
      if (checked.outcome === 'replaced') return
      expect(checked.text).not.toMatch(/\[9\]|5万元|随便/)
      for (const sentence of sentencesOfAnswer(checked.text)) expect(sentence).toMatch(/\[[12]\]/)
    }),
  )
})

test('a clause cited word by word passes, sentence by sentence', () => {
  fc.assert(
    fc.property(fc.constantFrom(HILLS, GROUP), one => {
      for (const { from, to } of sentencesOfClause(one.text))
        expect(checkSentence(`${one.text.slice(from, to).replace(/。$/, '')}[1]。`, [one]).fault).toBeNull()
    }),
  )
})

test.each([
  ['三十日内', ['30日']],
  ['30天内', ['30日']],
  ['十五个工作日', ['15工作日']],
  ['三分之二', ['/0.6667']],
  ['百分之八十和80%', ['/0.8000']],
  ['五万元以上十万元以下', ['50000元', '100000元']],
  ['5万元', ['50000元']],
  ['第十七条', ['第17条']],
  ['一千零二十五元', ['1025元']],
  ['一个村', []],
  ['统一办理', []],
  ['罚款2000', ['2000']],
])('the figures of %s are %j', (text, figures) => expect(figuresIn(text)).toEqual(figures))

test('an answer is cut between sentences and not inside of quoted words', () => {
  expect(sentencesOfAnswer('法律说“先公示。再决定。”[1]然后办理[2]。\n好。[1, 2]')).toEqual([
    '法律说“先公示。再决定。”[1]然后办理[2]。',
    '好。[1, 2]',
  ])
})

test('while an answer is being written, the last sentence waits for its citation', () => {
  expect(wholeSentences('先公示[1]。再决定。')).toEqual({ sentences: ['先公示[1]。'], rest: '再决定。' })
  expect(wholeSentences('先公示')).toEqual({ sentences: [], rest: '先公示' })
})

test('whole sentences and the rest are all of an answer, however it is cut', () => {
  const letters = fc.constantFrom('甲', '乙', '。', '！', '[1]', '“', '”', '\n', ' ')
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 40 }), pieces => {
      const { sentences, rest } = wholeSentences(pieces.join(''))
      expect([...sentences, ...sentencesOfAnswer(rest)]).toEqual(sentencesOfAnswer(pieces.join('')))
    }),
  )
})

test('the spans of a clause are in order and hold all of its words', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('甲', '乙丙', '。', '；', '\n', '（一）', ' '), { maxLength: 40 }),
      pieces => {
        const text = pieces.join('')
        const spans = sentencesOfClause(text)
        const bare = (words: string) => words.replace(/[^\p{L}]/gu, '')
        expect(bare(spans.map(({ from, to }) => text.slice(from, to)).join(''))).toBe(bare(text))
        spans.forEach(({ from }, at) => expect(from).toBeGreaterThanOrEqual(spans[at - 1]?.to ?? 0))
      },
    ),
  )
})

test('a passage without headings is cited as well', () => {
  expect(
    checkSentence('每月公示一次账目[1]。', [passage('账目每月公示一次。', { label: '', path: [] })]).fault,
  ).toBeNull()
})
