import { afterEach, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Touched, Waiting } from '#server/chat/waiting-service'

const never = () => new AbortController().signal
let waiting: Waiting
afterEach(() => waiting.endAll())

/** A waiting room whose database tells `news`, and how often it was asked. */
function room(news: Touched[] = []) {
  const asked = { times: 0 }
  waiting = new Waiting(async () => {
    asked.times += 1
    return news
  })
  return asked
}
const hold = (id = 'a', { after = 0, ms = 5_000, signal = never() } = {}) =>
  waiting.hold({ id, after, ms, signal }).over

test('news in this process ends a call at once', async () => {
  room()
  const held = hold()
  waiting.wake({ id: 'a', seq: 1 })
  await held
})

test('news another process wrote ends a call within two seconds', async () => {
  room([{ id: 'a', seq: 3 }])
  const began = performance.now()
  await hold('a', { after: 2 })
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('old news and news of others end nothing', async () => {
  room([
    { id: 'a', seq: 2 },
    { id: 'b', seq: 9 },
  ])
  const began = performance.now()
  await hold('a', { after: 2, ms: 1_300 })
  expect(performance.now() - began).toBeGreaterThan(1_200)
})

test('many calls cost one look a second, and none costs nothing', async () => {
  const asked = room()
  await Promise.all(Array.from({ length: 200 }, (_, n) => hold(`cadre-${n}`, { ms: 1_500 })))
  expect(asked.times).toBe(1)
  await sleep(1_200)
  expect(asked.times).toBe(1)
})

test('the oldest of four calls of one cadre gives way', async () => {
  room()
  const [oldest] = [hold(), hold(), hold(), hold('b')]
  const fourth = hold()
  await oldest
  const first = await Promise.race([fourth.then(() => 'over'), sleep(50).then(() => 'held')])
  expect(first).toBe('held')
})

test('a caller who goes away is not held', async () => {
  room()
  const gone = new AbortController()
  const held = hold('a', { signal: gone.signal })
  gone.abort()
  await held
  await hold('a', { signal: gone.signal })
})
