import { beforeEach, describe, expect, test } from '@jest/globals'
import { Arrival } from '#server/base/arrival'
import { createInbox } from '#server/base/inbox'
import { createLog } from '#server/base/log'
import { startDatabase } from '../support/app.ts'

startDatabase()

let clock = new Date('2026-11-23T09:00:00+08:00')
const later = (minutes: number) => (clock = new Date(clock.getTime() + minutes * 60_000))
const failures: string[] = []
const log = createLog('error', { write: line => void failures.push(line) })
const now = () => clock
const arriving = (key: string, lane = 'o1') => ({
  key,
  lane,
  words: `words of ${key}`,
  storable: `masked ${key}`,
})

/** An inbox of one process, and what it worked on. */
function aProcess(fail: (words: string) => boolean = () => false) {
  const did: string[] = []
  const work = async (words: string): Promise<void> => {
    await new Promise(setImmediate)
    if (fail(words)) throw new Error('not now')
    did.push(words)
  }
  return { ...createInbox({ now, log, work }), did }
}

/** A process that stores what arrives and dies before it works on it. */
const dying = () => createInbox({ now, log, work: () => new Promise(() => undefined) })

beforeEach(async () => {
  clock = new Date('2026-11-23T09:00:00+08:00')
  failures.length = 0
  await Arrival.deleteMany({})
})

test('what arrives at several processes at once is worked on once', async () => {
  const processes = [aProcess(), aProcess(), aProcess()]
  await Promise.all(processes.flatMap(one => [one.take(arriving('1')), one.take(arriving('1'))]))
  await Promise.all(processes.map(one => one.idle()))

  expect(processes.flatMap(one => one.did)).toEqual(['words of 1'])
  expect(await Arrival.find().lean()).toMatchObject([{ doneAt: clock, words: null }])
})

test('one person’s arrivals are worked on in their order', async () => {
  const one = aProcess()
  for (let i = 0; i < 20; i += 1) await one.take(arriving(String(i)))
  await one.idle()

  expect(one.did).toEqual(Array.from({ length: 20 }, (_, i) => `words of ${i}`))
})

describe('what a process left behind', () => {
  test('is taken up by another one, once, and not before its time', async () => {
    await dying().take(arriving('1'))
    const others = [aProcess(), aProcess()]
    const sweep = async () => {
      await Promise.all(others.map(one => one.sweep()))
      await Promise.all(others.map(one => one.idle()))
    }
    await sweep()
    expect(others.flatMap(one => one.did)).toEqual([])

    later(3)
    await sweep()
    await sweep()
    expect(others.flatMap(one => one.did)).toEqual(['masked 1'])
  })

  test('is taken up when the next one starts', async () => {
    await dying().take(arriving('1'))
    later(3)
    const next = aProcess()
    const stop = next.start()
    while (next.did.length === 0) await new Promise(setImmediate)
    await stop()
    expect(next.did).toEqual(['masked 1'])
  })

  test('and may not be stored is lost, but does not come back', async () => {
    await dying().take({ ...arriving('1'), storable: null })
    later(3)
    const other = aProcess()
    await other.sweep()
    await other.take(arriving('1'))
    await other.idle()
    expect(other.did).toEqual([])
  })
})

test('work that fails is tried again, five times in all, and then given up aloud', async () => {
  let tries = 0
  const failing = aProcess(() => {
    tries += 1
    return true
  })
  await failing.take(arriving('1'))
  for (let i = 0; i < 10; i += 1) {
    await failing.idle()
    later(3)
    await failing.sweep()
  }
  await failing.idle()

  expect(tries).toBe(5)
  expect(await Arrival.find().lean()).toMatchObject([{ failed: true, words: null, doneAt: expect.any(Date) }])
  expect(failures.at(-1)).toContain('given up')
  expect(failures.join()).not.toContain('words of')
})

test('a failure holds up nobody, not even the next one of the same person', async () => {
  const one = aProcess(words => words.endsWith('1'))
  await one.take(arriving('1'))
  await one.take(arriving('2'))
  await one.idle()
  expect(one.did).toEqual(['words of 2'])
})
