import { describe, expect, test } from '@jest/globals'
import { fits } from '../support/wechat/field.ts'

describe('the emulator takes, as WeChat says,', () => {
  test.each([
    ['thing1', '土地承包的几个期限，A1。'],
    ['thing01', '字'.repeat(20)],
    ['thing1', '😀'.repeat(20)],
    ['number1', '12.5'],
    ['number1', '1'.repeat(32)],
    ['letter1', 'abcDEF'],
    ['symbol1', '！？#'],
    ['character_string1', 'No.2026-11/23'],
    ['time1', '15:01'],
    ['time1', '15:01:30'],
    ['time1', '2026年11月23日 15:01'],
    ['time1', '2026-11-23 08:00~2026-11-23 17:30'],
    ['date1', '2026年11月23日'],
    ['date1', '2026/11/23 07:30'],
    ['date1', '2026.11.23 ~ 2026.11.25'],
    ['amount1', '￥100.5元'],
    ['phone_number1', '+86-0766-6688866'],
    ['car_number1', '湘U12345'],
    ['car_number1', '粤A8Z888挂'],
    ['name1', '田一二'],
    ['name1', 'Anna Tian-Xiang'],
    ['phrase1', '未完成'],
  ])('%s %s', (field, value) => {
    expect(fits(field, value)).toBe(true)
  })
})

describe('the emulator refuses', () => {
  test.each([
    ['thing1', ''],
    ['thing1', '字'.repeat(21)],
    ['thing1', '两\n行'],
    ['thing1', '制\u0007表'],
    ['number1', '五'],
    ['number1', '1'.repeat(33)],
    ['letter1', 'a1'],
    ['letter1', 'a'.repeat(33)],
    ['symbol1', 'a'],
    ['symbol1', '！！！！！！'],
    ['character_string1', '第1号'],
    ['character_string1', 'a'.repeat(33)],
    ['time1', '25:00'],
    ['time1', '中午'],
    ['time1', '08:00~12:00~17:00'],
    ['date1', '2026-11/23'],
    ['date1', '明天'],
    ['amount1', '100元整'],
    ['amount1', '12345678901'],
    ['phone_number1', '1'.repeat(18)],
    ['car_number1', '湘U12345678'],
    ['name1', '字'.repeat(11)],
    ['name1', 'a'.repeat(21)],
    ['phrase1', '六个汉字太长'],
    ['phrase1', 'ok'],
    ['enum1', '未完成'],
    ['nothing1', '字'],
  ])('%s %j', (field, value) => {
    expect(fits(field, value)).toBe(false)
  })

  test('of an enumeration what is not in its list', () => {
    expect(fits('enum1', '未完成', ['未完成', '已完成'])).toBe(true)
    expect(fits('enum1', '别的', ['未完成', '已完成'])).toBe(false)
  })
})
