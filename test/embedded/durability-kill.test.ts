import { describe, expect } from '@jest/globals'
import { Ledger, examine, examineIndexes, prepare, writer } from './crash-writers.ts'
import { startProcess, untilGone } from './engine-process.ts'
import { seeded, type Random } from './random.ts'
import { scaled, tell } from './scale.ts'
import { onFolder, temporaryFolder } from './support.ts'

const writers = 16

/** Lets the writers write until so many writes have been acknowledged, then kills the engine in the midst of them. */
async function killedRound(
  directory: string,
  fsync: 'always' | 'interval',
  ledger: Ledger,
  round: number,
  random: Random,
): Promise<void> {
  const engine = await startProcess({ directory, fsync })
  const client = engine.client({ maxPoolSize: writers })
  await prepare(client.db('test'))
  let left = random.between(writers, scaled(600, 1200))
  let killed: Promise<void> | undefined
  const acknowledge = () => {
    if (--left === 0) killed = engine.kill()
  }
  const busy = Array.from({ length: writers }, (_, i) => writer(client, ledger, `w${i}`, round, acknowledge))
  await untilGone(busy)
  expect(killed).toBeDefined()
  await killed
}

// The pages that the process has written outlive it, so this shows the order of writing, replies and recovery, under
// both policies alike; what a loss of power takes too is in durability-power.test.ts.
describe.each(['always', 'interval'] as const)('after kill -9 under 16 writers, with fsync %s', fsync => {
  seeded(
    'what was acknowledged is there, transactions are whole or absent, counters and indexes fit',
    async random => {
      const rounds = scaled(2, 30)
      let writes = 0
      let [directory, ledger] = [temporaryFolder(), new Ledger()]
      for (let round = 0; round < rounds; round++) {
        await killedRound(directory, fsync, ledger, round, random)
        await onFolder(directory, async db => {
          await examine(db, ledger)
          await examineIndexes(db, random)
        })
        if (round % 6 !== 5 && round < rounds - 1) continue
        writes += ledger.writes
        ;[directory, ledger] = [temporaryFolder(), new Ledger()]
      }
      expect(writes).toBeGreaterThanOrEqual(rounds * writers)
      tell(`${rounds} rounds of kill -9 with fsync ${fsync}: ${writes} acknowledged writes`)
    },
  )
})
