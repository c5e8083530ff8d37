import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failureText } from '#server/reminder/failure-vocabulary'
import { codeOf, reportOf, type SendGroup } from '#server/reminder/send-report'
import { ReminderChannel, ReminderState } from '#shared/reminder'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 0, minute))
const group = (
  state: ReminderState,
  reason: string | null = null,
  more: Partial<SendGroup> = {},
): SendGroup => ({
  ...{ channel: 'wechat', state, reason, count: 1, latest: at(0) },
  ...more,
})

describe('a reason', () => {
  test.each([
    ['errcode 43101', { code: '43101', field: null }],
    ['errcode -1', { code: '-1', field: null }],
    ['errcode 47003 thing1', { code: '47003', field: 'thing1' }],
    ['lost', { code: 'lost', field: null }],
    ['user refuse to accept the msg', { code: 'user refuse to accept the msg', field: null }],
  ])('%s', (reason, expected) => {
    expect(codeOf(reason)).toEqual(expected)
  })
})

describe('in words', () => {
  test.each([
    ['wechat', '43101', null, /没有授权或次数用完，已留在日知消息里/],
    ['wechat', '41030', null, /已发布的小程序版本/],
    ['wechat', '47003', 'thing1', /字段.*thing1/],
    ['wechat', '43107', null, /封禁/],
    ['wechat', '40037', null, /WECHAT_REMINDER_TEMPLATE/],
    ['wechat', '45168', null, /标题/],
    ['wechat', '45009', null, /今天的调用次数用完/],
    ['wechat', '40001', null, /凭证/],
    ['wecom', '40001', null, /WECOM_SECRET/],
    ['wecom', '81013', null, /可见范围/],
    ['wechat', 'lost', null, /不再发送/],
    ['wecom', 'unreachable', null, /网络/],
    ['wecom', '502', null, /企业微信的服务器出错（HTTP 502）/],
    ['wechat', '99999', null, /微信没有发出，给的原因是“99999”/],
    ['wechat', 'toString', null, /给的原因是“toString”/],
    [null, 'none left', null, /没有剩余的订阅条数/],
  ] as const)('%s %s %s', (channel, code, field, expected) => {
    expect(failureText(channel, code, field)).toMatch(expected)
  })
})

test('groups become results in the order of the states, and errors by how often they happened', () => {
  expect(
    reportOf([
      group('no-quota', 'errcode 43101', { count: 3, latest: at(5) }),
      group('sent', null, { count: 7 }),
      group('sent', 'lost', { count: 2 }),
      group('sent', null, { channel: 'wecom', count: 4 }),
      group('inbox', null, { channel: null, count: 5 }),
      group('late', 'errcode 45009', { latest: at(9) }),
      group('waiting', 'errcode 45009', { latest: at(20) }),
      group('unknown', null),
      group('overtaken', 'errcode -1'),
      group('invalid', 'errcode 47003 thing1', { count: 4 }),
    ]),
  ).toMatchObject({
    total: 29,
    results: [
      { channel: 'wechat', state: 'waiting', count: 1 },
      { channel: 'wechat', state: 'sent', count: 9 },
      { channel: 'wecom', state: 'sent', count: 4 },
      { channel: 'wechat', state: 'no-quota', count: 3 },
      { channel: 'wechat', state: 'invalid', count: 4 },
      { channel: 'wechat', state: 'unknown', count: 1 },
      { channel: 'wechat', state: 'overtaken', count: 1 },
      { channel: 'wechat', state: 'late', count: 1 },
      { channel: null, state: 'inbox', count: 5 },
    ],
    errors: [
      { code: '47003', count: 4 },
      { code: '43101', count: 3, latest: '2026-11-23T00:05:00.000Z' },
      { code: '45009', count: 2, latest: '2026-11-23T00:20:00.000Z' },
      { code: 'lost', count: 1 },
    ],
  })
})

test('over any groups: every reminder is in one result, and no error is without words', () => {
  const anyGroup = fc.record({
    channel: fc.constantFrom(...ReminderChannel.options, null),
    state: fc.constantFrom(...ReminderState.options),
    reason: fc.option(
      fc.oneof(
        fc.string(),
        fc.nat(99_999).map(code => `errcode ${code}`),
      ),
    ),
    count: fc.integer({ min: 1, max: 999 }),
    latest: fc.nat(600).map(at),
  })
  fc.assert(
    fc.property(fc.array(anyGroup), groups => {
      const { total, results, errors } = reportOf(groups)
      expect(results.reduce((sum, { count }) => sum + count, 0)).toBe(total)
      expect(new Set(results.map(({ channel, state }) => `${channel} ${state}`)).size).toBe(results.length)
      expect(errors.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(total)
      for (const { text } of errors) expect(text).toMatch(/[。]$/)
    }),
  )
})
