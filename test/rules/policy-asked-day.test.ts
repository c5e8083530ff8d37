import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { askedDay, followedDay } from '#server/policy/answer/asked-day'

const TODAY = '2026-11-28'

test.each([
  ['2015年的时候，打架斗殴怎么罚？', '2015-12-31'],
  ['2015年6月的时候怎么规定？', '2015-06-30'],
  ['在2020年2月签的合同适用什么法？', '2020-02-29'],
  ['按2018年3月5日的规定，几天内答复？', '2018-03-05'],
  ['按照2019年的标准，会务餐多少钱？', '2019-12-31'],
  ['2012年那会儿信访怎么办理', '2012-12-31'],
  ['去年的规定是几天答复？', '2025-12-31'],
  ['前年培训要多少学时', '2024-12-31'],
  ['明年要多少学时', '2027-12-31'],
  ['２０１５年的时候怎么规定', '2015-12-31'],
])('%s asks for the law of %s', (question, day) => {
  expect(askedDay(question, TODAY)).toEqual({ day, told: true })
})

test.each([
  '村民小组能不能自己决定出租集体荒山？',
  '《2023—2027年全国干部教育培训规划》要求多少学时？',
  '2018年修正的宪法第一条是什么？',
  '刑法2020年修订了什么',
  '国发2015年第3号文件讲什么',
  '合同签了2年，能解除吗',
  '2026年的规定是什么',
  '2026年11月的时候怎么规定',
  '2015年13月的时候',
  '2015年2月30日的规定',
  '1990年出生的人能入伍吗',
])('%s asks for the law of today', question => {
  expect(askedDay(question, TODAY)).toEqual({ day: TODAY, told: false })
})

test('whatever is asked, the day is one of the calendar', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1900, max: 2099 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 33 }),
      (year, month, date) => {
        const { day } = askedDay(`${year}年${month}月${date}日的规定`, TODAY)
        expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day)
      },
    ),
  )
})

describe('a follow-up', () => {
  const then = { day: '2015-12-31', told: true }
  const today = { day: TODAY, told: false }
  test.each([
    ['那需要几个人同意？', then, '2015-12-31'],
    ['那现在呢？', then, TODAY],
    ['那今年呢？', then, TODAY],
    ['那2018年的时候呢？', then, '2018-12-31'],
    ['那需要几个人同意？', today, TODAY],
  ])('%s is about the right day', (question, before, day) => {
    expect(followedDay(question, askedDay(question, TODAY), before).day).toBe(day)
  })
})
