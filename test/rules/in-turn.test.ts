import { expect, test } from '@jest/globals'
import { inTurn } from '../../miniprogram/src/in-turn.ts'

/** A server whose answers come when the test says so. */
function aServer() {
  const asked: { made: number; answer: (value: number) => void; refuse: (why: Error) => void }[] = []
  const seen: (number | null)[] = []
  const failures: unknown[] = []
  const value = inTurn<number>((shown, failure) => {
    seen.push(shown)
    if (failure !== null) failures.push(failure)
  }, 0)
  const send = (made: number) =>
    new Promise<number>((answer, refuse) => void asked.push({ made, answer, refuse }))
  return {
    asked,
    failures,
    value,
    shown: () => seen.at(-1),
    add: (more: number) => value.add({ made: now => now + more, send }),
  }
}
const settled = () => new Promise(later => setTimeout(later, 0))

test('changes are shown at once and sent one after another, each on what holds by then', async () => {
  const { asked, add, shown } = aServer()
  for (const more of [1, 10, 100]) add(more)
  expect(shown()).toBe(111)
  for (const [at, made] of [1, 11, 111].entries()) {
    expect(asked.map(one => one.made)).toHaveLength(at + 1)
    expect(asked[at]?.made).toBe(made)
    asked[at]?.answer(made)
    await settled()
    expect(shown()).toBe(111)
  }
})

test('when one fails, it and those behind it are taken back, and what came before stays', async () => {
  const { asked, add, shown, failures } = aServer()
  for (const more of [1, 10, 100]) add(more)
  asked[0]?.answer(1)
  await settled()
  asked[1]?.refuse(new Error('no network'))
  await settled()
  expect(shown()).toBe(1)
  expect(failures).toHaveLength(1)
  add(5)
  expect(asked.at(-1)?.made).toBe(6)
})

test('an answer to an older question does not undo a change', async () => {
  const { value, asked, add, shown } = aServer()
  const take = value.asking()
  add(1)
  asked[0]?.answer(1)
  await settled()
  take(0)
  expect(shown()).toBe(1)
  value.asking()(7)
  expect(shown()).toBe(7)
})

test('what is forgotten does not come back with a late answer', async () => {
  const { value, asked, add, shown } = aServer()
  add(1)
  value.clear()
  asked[0]?.answer(1)
  await settled()
  expect(shown()).toBeNull()
})
