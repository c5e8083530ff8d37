import { beforeEach, describe, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { once, type Run } from '#server/base/once'
import { Slot } from '#server/base/slot'
import { dueSlot, runDue, startJobs } from '#server/jobs'
import { startDatabase } from '../support/app.ts'

startDatabase()

let clock = new Date('2026-11-23T07:30:00+08:00')
const now = () => clock
const job = { name: 'work', slot: '2026-11-23', now }
const later = (minutes: number) => (clock = new Date(clock.getTime() + minutes * 60_000))

beforeEach(async () => {
  clock = new Date('2026-11-23T07:30:00+08:00')
  await Slot.deleteMany({})
})

/** Work of five batches; `crashAt` ends the process in the middle of one, which frees no lease. */
const fiveBatches = (did: number[], crashAt?: number) => async (run: Run) => {
  for (let batch = run.cursor === null ? 1 : Number(run.cursor) + 1; batch <= 5; batch += 1) {
    if (batch === crashAt) await new Promise(() => undefined)
    did.push(batch)
    await run.keep(String(batch))
  }
}

describe('a slot', () => {
  test('is run once, whatever the number of processes', async () => {
    const did: number[] = []
    const ends = await Promise.all(Array.from({ length: 8 }, () => once(job, fiveBatches(did))))
    expect(did).toEqual([1, 2, 3, 4, 5])
    expect(ends.filter(end => end === 'done')).toHaveLength(1)
    expect(await once(job, fiveBatches(did))).toBe('not-ours')
    expect(did).toHaveLength(5)
  })

  test('is gone on with after a crash, once the lease has run out', async () => {
    const did: number[] = []
    void once(job, fiveBatches(did, 3))
    while ((await Slot.findOne({ name: 'work' }).lean())?.cursor !== '2') await new Promise(setImmediate)
    expect(await once(job, fiveBatches(did))).toBe('not-ours')
    later(2)
    expect(await once(job, fiveBatches(did))).toBe('done')
    expect(did).toEqual([1, 2, 3, 4, 5])
  })

  test('whose work bears to be done twice waits for no lease after a crash', async () => {
    const did: number[] = []
    void once({ ...job, leaseMs: 0 }, fiveBatches(did, 3))
    while ((await Slot.findOne({ name: 'work' }).lean())?.cursor !== '2') await new Promise(setImmediate)
    expect(await once({ ...job, leaseMs: 0 }, fiveBatches(did))).toBe('done')
    expect(did).toEqual([1, 2, 3, 4, 5])
  })

  test('is gone on with at once after a failure', async () => {
    const failing = once(job, async run => {
      await run.keep('4')
      throw new Error('database gone')
    })
    await expect(failing).rejects.toThrow('database gone')
    const did: number[] = []
    expect(await once(job, fiveBatches(did))).toBe('done')
    expect(did).toEqual([5])
  })

  test('that another process took over is let go', async () => {
    const did: number[] = []
    const end = await once(job, async run => {
      later(2)
      await once(job, fiveBatches(did))
      await run.keep('1')
      did.push(99)
    })
    expect(end).toBe('stopped')
    expect(did).toEqual([1, 2, 3, 4, 5])
    expect(await Slot.findOne({ name: 'work' }).lean()).toMatchObject({ cursor: '5', doneAt: clock })
  })

  test('stops after its batch when the process stops, and another process goes on', async () => {
    const stopping = new AbortController()
    const did: number[] = []
    const end = await once({ ...job, signal: stopping.signal }, async run => {
      stopping.abort()
      await fiveBatches(did)(run)
    })
    expect([end, did]).toEqual(['stopped', [1]])
    expect(await once(job, fiveBatches(did))).toBe('done')
    expect(did).toEqual([1, 2, 3, 4, 5])
  })
})

describe('the timetable', () => {
  const log = createLog('silent')

  test.each([
    ['2026-11-23T07:29:59+08:00', undefined],
    ['2026-11-23T07:30:00+08:00', '2026-11-23'],
    ['2026-11-23T23:59:59+08:00', '2026-11-23'],
    ['2026-11-24T00:00:00+08:00', undefined],
  ])('at %s the slot of 7:30 is %s', (moment, slot) => {
    expect(dueSlot('30 7 * * *', new Date(moment))).toBe(slot)
  })

  test.each([
    ['2026-11-23T06:59:59+08:00', undefined],
    ['2026-11-23T07:00:00+08:00', '2026-11-23 07:00'],
    ['2026-11-23T12:59:00+08:00', '2026-11-23 12:30'],
    ['2026-11-23T23:59:59+08:00', '2026-11-23 21:30'],
  ])('at %s the latest of many slots is %s', (moment, slot) => {
    expect(dueSlot('*/30 7-21 * * *', new Date(moment))).toBe(slot)
  })

  test('runs a missed slot at the start, and no slot twice', async () => {
    clock = new Date('2026-11-23T09:00:00+08:00')
    let runs = 0
    const jobs = [{ name: 'count', cron: '30 7 * * *', run: async () => void (runs += 1) }]
    for (let starts = 0; starts < 3; starts += 1) await startJobs({ now, log, channels: [] }, jobs)()
    expect(runs).toBe(1)
  })

  test('does not run what is not due yet', async () => {
    clock = new Date('2026-11-23T07:00:00+08:00')
    let runs = 0
    const early = { name: 'count', cron: '30 7 * * *', run: async () => void (runs += 1) }
    await runDue(early, { now, log })
    expect(runs).toBe(0)
    later(30)
    await runDue(early, { now, log })
    expect(runs).toBe(1)
  })

  test('logs a failing job and tries it again at the next sweep', async () => {
    let runs = 0
    const failing = {
      name: 'failing',
      cron: '30 7 * * *',
      run: async () => {
        runs += 1
        if (runs === 1) throw new Error('once')
      },
    }
    await runDue(failing, { now, log })
    await runDue(failing, { now, log })
    await runDue(failing, { now, log })
    expect(runs).toBe(2)
  })
})
