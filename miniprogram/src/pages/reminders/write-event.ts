import Taro from '@tarojs/taro'
import type { PlatformFailure } from '../../permission.ts'
import { EVENT_NOTE, EVENT_TITLE } from './phone-calendar.ts'
import type { PhoneEvent } from './phone-calendar.ts'
import { CALENDAR_UNSUPPORTED, calendarFailure } from './platform-words.ts'
import type { Said } from './platform-words.ts'

/**
 * Writes one event into the phone's calendar, as the first call of a tap: WeChat takes one for each.
 * On Android it reports success also when its window is cancelled.
 */
export function writeEvent(event: PhoneEvent): Promise<Said> {
  if (!Taro.canIUse('addPhoneRepeatCalendar')) return Promise.resolve(CALENDAR_UNSUPPORTED)
  return new Promise(resolve => {
    void Taro.addPhoneRepeatCalendar({
      ...event,
      ...{ title: EVENT_TITLE, description: EVENT_NOTE, alarm: true, alarmOffset: 0 },
      success: () => resolve({ text: '这一天交给手机日历了。', done: true }),
      fail: (failure: PlatformFailure) => resolve(calendarFailure(failure)),
    })
  })
}
