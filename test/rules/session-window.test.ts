import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { acting, closing, leftOf, sending, type SessionWindow, takingBack } from '#server/chat/session/window'

const T = 1_764_000_000_000
const SECOND = 1_000
const HOUR = 3_600_000
const untouched: SessionWindow = { wroteAt: 0, enteredAt: 0, sends: [] }
const sent = (window: SessionWindow, times: number, at: number): SessionWindow =>
  Array.from({ length: times }).reduce<SessionWindow>(
    (before, _, n) => sending(before, `${at}-${n}`, at) ?? before,
    window,
  )

describe('how many messages may be sent', () => {
  const wrote = acting(untouched, 'wroteAt', T)
  const entered = acting(untouched, 'enteredAt', T)
  test.each<[string, SessionWindow, number, number]>([
    ['none before the person did anything', untouched, T, 0],
    ['five after a message', wrote, T, 5],
    ['five until 48 hours later', wrote, T + 48 * HOUR - 1, 5],
    ['none after 48 hours', wrote, T + 48 * HOUR, 0],
    ['two after the session was opened', entered, T, 2],
    ['none a minute after it was opened', entered, T + 60 * SECOND, 0],
    ['two after three were sent', sent(wrote, 3, T + 1), T + 1, 2],
    ['never more than five', sent(wrote, 9, T + 1), T + 1, 0],
    ['five again after another message', acting(sent(wrote, 9, T + 1), 'wroteAt', T + SECOND), T + SECOND, 5],
    ['no more after a message that is told late', acting(sent(wrote, 4, T + 1), 'wroteAt', T - 9), T + 2, 1],
    ['one more after one that was not sent', takingBack(sent(wrote, 5, T + 1), `${T + 1}-0`), T + 2, 1],
    ['none once WeChat says so', closing(wrote), T + 1, 0],
  ])('%s', (_, window, now, left) => {
    expect(leftOf(window, now)).toBe(left)
  })
})

test('the same message is never sent twice', () => {
  const wrote = acting(untouched, 'wroteAt', T)
  const once = sending(wrote, 'a', T)
  expect(once).toBeDefined()
  expect(once && sending(once, 'a', T + 1)).toBeUndefined()
})

test('whatever happens, WeChat’s own two counts are never exceeded', () => {
  const step = fc.record({
    do: fc.constantFrom('write', 'enter', 'send', 'send', 'send'),
    later: fc.nat({ max: 40_000 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      let window = untouched
      let now = T
      let free = { written: 0, entered: 0, until: 0 }
      for (const [at, { do: what, later }] of steps.entries()) {
        now += later
        if (what === 'write') {
          window = acting(window, 'wroteAt', now)
          free = { ...free, written: 5 }
        } else if (what === 'enter') {
          window = acting(window, 'enteredAt', now)
          free = { ...free, entered: 2, until: now + 60 * SECOND }
        } else {
          const after = sending(window, String(at), now)
          if (!after) continue
          window = after
          if (now < free.until && free.entered > 0) free = { ...free, entered: free.entered - 1 }
          else free = { ...free, written: free.written - 1 }
          expect(free.written).toBeGreaterThanOrEqual(0)
        }
      }
    }),
  )
})
