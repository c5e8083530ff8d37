import { describe, expect, test } from '@jest/globals'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { type AskedBefore, askedOn, isAskingDue } from '../../miniprogram/src/asking.ts'
import { askingFailure, calendarFailure } from '../../miniprogram/src/pages/reminders/platform-words.ts'

type Reminders = Reply<Api['GET /reminders']>

const TODAY = '2026-11-29'
const reminders = (more: Partial<Reminders> = {}): Reminders => ({
  on: true,
  kinds: ['daily-lesson'],
  times: ['07:30'],
  days: [1, 2, 3, 4, 5],
  holidays: false,
  learning: false,
  learnable: false,
  pausedUntil: null,
  channel: 'wechat',
  permission: { template: 'ours', left: 1 },
  ...more,
})

describe('the end of a quiz offers to allow one more reminder', () => {
  test.each<[string, Partial<Reminders>, AskedBefore | null, boolean]>([
    ['where one is left', {}, null, true],
    ['where none is left', { permission: { template: 'ours', left: 0 } }, null, true],
    ['not where two are left', { permission: { template: 'ours', left: 2 } }, null, false],
    ['not while reminders are off', { on: false }, null, false],
    ['not where there is nothing to ask', { permission: null }, null, false],
    ['not twice on a day', {}, { day: TODAY, rejectedOn: null }, false],
    ['again the next day', {}, { day: '2026-11-28', rejectedOn: null }, true],
    ['not six days after a refusal', {}, { day: '2026-11-23', rejectedOn: '2026-11-23' }, false],
    ['again seven days after a refusal', {}, { day: '2026-11-22', rejectedOn: '2026-11-22' }, true],
  ])('%s', (_, given, before, due) => {
    expect(isAskingDue(reminders(given), before, TODAY)).toBe(due)
  })

  test('a refusal is remembered through later askings', () => {
    const refused = askedOn('2026-11-27', true, null)
    expect(askedOn(TODAY, false, refused)).toEqual({ day: TODAY, rejectedOn: '2026-11-27' })
  })
})

describe('what WeChat says is told in plain words', () => {
  test.each([10001, 10002, 10003, 10004, 10005, 20001, 20002, 20003, 20004, 20005, 20013, 99999])(
    'asking, %d',
    errCode => {
      const { text, settings } = askingFailure({ errCode, errMsg: 'requestSubscribeMessage:fail' })
      expect(text).toMatch(/^[^a-zA-Z0-9]+。$/)
      expect(settings ?? false).toBe(errCode === 20004)
    },
  )

  test('a window that is still open is named', () => {
    expect(askingFailure({ errMsg: 'requestSubscribeMessage:fail last call has not ended' }).text).toContain(
      '上一次',
    )
  })

  test.each<[string, { errno?: number; errMsg?: string }, string]>([
    ['privacy refused', { errno: 103 }, '隐私'],
    ['privacy refused before', { errno: 104 }, '隐私'],
    ['not declared', { errno: 112 }, '没有开通'],
    ['not allowed', { errMsg: 'addPhoneRepeatCalendar:fail auth deny' }, '没有允许'],
    // Spelt so by WeChat.
    ['not by the phone', { errMsg: 'addPhoneRepeatCalendar:fail authorization refuesed' }, '手机的“设置”'],
    ['cancelled', { errMsg: 'addPhoneRepeatCalendar:fail cancel' }, '没有写进'],
    [
      'no tap',
      { errMsg: 'addPhoneRepeatCalendar:fail can only be invoked by user TAP gesture.' },
      '再点一次',
    ],
    ['anything else', {}, '再点一次'],
  ])('the calendar: %s', (_, failure, words) => {
    const { text, settings } = calendarFailure(failure)
    expect(text).toContain(words)
    expect(settings ?? false).toBe(words === '没有允许')
  })
})
