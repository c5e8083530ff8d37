import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { privateText } from '#server/policy/answer/private-text'
import { sensitiveIn, sensitiveRecord, outcomeOf } from '#server/policy/answer/sensitive'
import { ALLOWED_PHRASES, SENSITIVE_WORDS } from '#server/policy/answer/sensitive-vocabulary'

const kept = (text: string) => {
  const result = privateText(text)
  return result.classified ? 'classified' : result.text
}

describe('persons are made unreadable', () => {
  test.each([
    ['我叫张三，想申请低保', '我叫张某，想申请低保'],
    ['村民张三把荒山租给李四，张三要退租', '村民张某把荒山租给李四，张某要退租'],
    ['申请人：王小明，电话13812345678', '申请人：王某，电话138****5678'],
    ['原告为王小明。', '原告为王某。'],
    ['姓名：王小明，身份证433125199001011234', '姓名：王某，身份证433***********1234'],
    ['村民王建国和村民王建军争宅基地', '村民王某和村民王某乙争宅基地'],
    ['欧阳娜娜同志的年休假', '欧阳某同志的年休假'],
    ['向大爷的承包地', '向大爷的承包地'],
    ['村民向志强的低保', '村民向某的低保'],
    ['老人向长顺的低保', '老人向某的低保'],
    ['被申请人彭兴旺没有答复', '被申请人彭某没有答复'],
    ['李明书记同意了', '李某书记同意了'],
  ])('%s', (text, expected) => expect(kept(text)).toBe(expected))

  test.each([
    ['电话0743-7221234', '电话0743-****234'],
    ['身份证430503670401001', '身份证430*********001'],
    ['卡号6222 0212 3456 7890 123', '卡号6222 **** ****'],
    ['写信到 a.b@example.com', '写信到 ***@***'],
  ])('%s', (text, expected) => expect(kept(text)).toBe(expected))
})

describe('what names nobody stays as it is', () => {
  test.each([
    '村民小组能不能自己决定出租集体荒山？',
    '村民会议三分之二以上成员同意',
    '《民法典》第二百七十五条第二款',
    '职工安全生产责任由谁承担',
    '当事人平等协商',
    '当事人向人民法院提起诉讼',
    '申请人向县政府申请复议',
    '属于原告方的证据',
    '当事人陈述意见',
    '原告高某起诉被告',
    '村民代表和群众代表怎么推选',
    '老人和孩子的医保',
    '申请人应当提交哪些材料',
    '群众举报后多少日答复',
    '工人施工受伤怎么办',
    '干部任期届满',
    '2026年第12号公告，投资1200000元',
    '居民严重违规',
  ])('%s', text => expect(kept(text)).toBe(text))
})

test.each(['机密★10年 关于某事的通知', '密级：秘密', '【绝密】'])('%s is not taken', text =>
  expect(kept(text)).toBe('classified'),
)

test('no identity or mobile number is left, wherever it stands', () => {
  const number = fc.constantFrom('433125199001011234', '13812345678', '138 1234 5678', '43312519900101123X')
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('村民', '，', '张三', '的', ' '), { maxLength: 6 }),
      number,
      (words, one) => {
        expect(kept(`${words.join('')}号${one}，`)).not.toContain(one)
      },
    ),
  )
})

test('masking twice changes nothing more', () => {
  const word = fc.constantFrom('村民', '我叫', '张三', '王建国', '和', '，', '13812345678', '同志', '的')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), words => {
      const once = kept(words.join(''))
      expect(kept(once)).toBe(once)
    }),
  )
})

describe('sensitive words', () => {
  test.each([
    ['哪里能办假证', 'refuse'],
    ['哪里能 办-假*证', 'refuse'],
    ['哪里能辦假證', 'refuse'],
    ['代 开 發 票 联系我', 'refuse'],
    ['你这个狗官', 'review'],
  ])('%s → %s', (text, outcome) => expect(outcomeOf(sensitiveIn(text))).toBe(outcome))

  test.each([
    '煽动分裂国家罪怎么处罚',
    '《反分裂国家法》的内容是什么',
    '遇到裸聊敲诈怎么办',
    '警惕刷单返利，怎么宣传',
    '村民上访怎么接待',
    '信访人员围堵机关怎么依法处置',
    '吸毒人员社区戒毒多久',
    '党员参与赌博怎么处分',
    '公务员受贿三万元怎么处理',
    '强拆造成群众受伤，政府要不要赔偿',
    '民族自治州的单行条例由谁批准',
  ])('%s is honest policy talk', text => expect(sensitiveIn(text)).toEqual([]))

  test('a word outside of its allowed phrase is still found', () => {
    expect(sensitiveIn('怎么查处办假证？他们在哪里办假证').map(({ word }) => word)).toEqual(['办假证'])
  })

  test('editors add words and phrases', () => {
    const own = {
      words: [{ word: '内部价茅台', kind: 'fraud', severity: 'review' as const }],
      allowed: ['查处内部价茅台'],
    }

    expect(outcomeOf(sensitiveIn('有内部价茅台', own))).toBe('review')
    expect(sensitiveIn('查处内部价茅台案', own)).toEqual([])
  })

  test('every word of the list is found by itself, and no allowed phrase is', () => {
    for (const { words } of SENSITIVE_WORDS)
      for (const word of words) expect(sensitiveIn(word)).not.toEqual([])
    for (const phrase of ALLOWED_PHRASES) expect(sensitiveIn(phrase)).toEqual([])
  })

  test('the record for the audit holds words, place and moment, and no text', () => {
    const at = new Date('2026-11-24T09:00:00+08:00')
    const hits = sensitiveIn('张三说哪里能办假证')

    expect(sensitiveRecord(hits, { at, place: 'question', subject: 'm1' })).toEqual({
      at,
      place: 'question',
      subject: 'm1',
      outcome: 'refuse',
      hits: [{ word: '办假证', kind: 'fraud', severity: 'refuse' }],
    })
    expect(sensitiveRecord([], { at, place: 'answer', subject: 'm1' })).toBeNull()
  })
})
