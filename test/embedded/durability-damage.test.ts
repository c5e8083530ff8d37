import { describe, expect } from '@jest/globals'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEngine } from '../../server/embedded/engine.ts'
import { acknowledgedBefore, numbersIn, upTo, written, type Written } from './damage.ts'
import { seeded, type Random } from './random.ts'
import { scaled, tell } from './scale.ts'

const documents = 40

seeded(
  'a log that a crash has cut short anywhere loses only what comes after, and no question is asked',
  async random => {
    const whole = await written(random, documents)
    const cuts = scaled(15, 300)
    for (let i = 0; i < cuts; i++) {
      const place = random.below(whole.bytes.length)
      const room = random.pick([0, 0, 1, 300, 70_000])
      writeFileSync(whole.log, Buffer.concat([whole.bytes.subarray(0, place), Buffer.alloc(room)]))
      const found = await numbersIn(whole.directory)
      expect(found).toEqual(upTo(found.length))
      // The zeros of the room may be what was cut off.
      const before = acknowledgedBefore(whole, place)
      expect([before, before + (room ? 1 : 0)]).toContain(found.length)
    }
    tell(`${cuts} logs cut at random`)
  },
)

/** A log with one bit of it turned. */
function turned(bytes: Buffer, random: Random): { damaged: Buffer; place: number } {
  const damaged = Buffer.from(bytes)
  const place = random.below(bytes.length)
  damaged[place] = (damaged[place] as number) ^ (1 << random.below(8))
  return { damaged, place }
}

/** Whether the engine refuses the folder as it must; a bit that decides nothing may be passed over with all data. */
async function refuses(whole: Written, damaged: Buffer, place: number): Promise<boolean> {
  const failure = await numbersIn(whole.directory).then(
    found => expect({ place, found }).toEqual({ place, found: upTo(documents) }),
    (error: Error) => error,
  )
  if (!failure) return false
  expect(failure).toMatchObject({ code: 'EMBEDDED_DAMAGED', file: whole.log })
  expect((failure as Error & { offset: number }).offset).toBeLessThanOrEqual(place)
  expect(readFileSync(whole.log).equals(damaged)).toBe(true)
  expect(existsSync(join(whole.directory, 'lock'))).toBe(false)
  return true
}

seeded(
  'one bit turned anywhere is refused with file and offset, and repair keeps all acknowledged before it',
  async random => {
    const whole = await written(random, documents)
    const turns = scaled(15, 300)
    let refused = 0
    for (let i = 0; i < turns; i++) {
      const { damaged, place } = turned(whole.bytes, random)
      writeFileSync(whole.log, damaged)
      if (await refuses(whole, damaged, place)) {
        refused++
        const repaired = await openEngine({
          directory: whole.directory,
          port: 0,
          fsync: 'always',
          repair: true,
        })
        await repaired.stop()
        const kept = await numbersIn(whole.directory)
        expect(kept).toEqual(upTo(kept.length))
        expect(kept.length).toBeGreaterThanOrEqual(acknowledgedBefore(whole, place))
        expect(readFileSync(`${whole.log}.damaged`).equals(damaged)).toBe(true)
        rmSync(`${whole.log}.damaged`)
      }
    }
    expect(refused).toBeGreaterThan(turns * 0.9)
    tell(`${turns} bits turned, ${refused} refused, the others decide nothing`)
  },
)

// At the very end they cannot be told from a tail that a crash has cut short.
describe.each([
  ['bytes of no meaning', 64, (random: Random) => random.below(256)],
  ['zeros', 4096, () => 0],
] as const)('%s in the midst of the log', (what, length, byte) => {
  seeded('are refused, never taken for the end', async random => {
    const whole = await written(random, documents)
    const end = whole.ends.at(-2) as number
    const places = scaled(10, 150)
    for (let i = 0; i < places; i++) {
      const place = random.below(end - length)
      const damaged = Buffer.from(whole.bytes)
      for (let at = place; at < place + length; at++) damaged[at] = byte(random)
      writeFileSync(whole.log, damaged)
      const opened = numbersIn(whole.directory).then(
        found => ({ found }),
        (error: { code: string }) => error.code,
      )
      expect({ place, opened: await opened }).toEqual({ place, opened: 'EMBEDDED_DAMAGED' })
      expect(readFileSync(whole.log).equals(damaged)).toBe(true)
    }
    tell(`${places} places with ${length} ${what}`)
  })
})
