import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { MongoClient } from 'mongodb'
import { documentOf, idOf } from './document.ts'
import type { Engine, Fsync } from './engine.ts'
import { type Figure, figure } from './figure.ts'
import { byEmail, fill } from './fill.ts'
import { median, progress, rateOf } from './measure.ts'
import type { Plan } from './plan.ts'

/** Counters that every client raises. */
const COUNTERS = 100
const WARM_UP_SHARE = 0.2

interface Rates {
  engine: Engine
  inserts: number[]
  increments: number[]
}

/** Inserts and increments a second under both ways to sync; the engines take turns on empty folders. */
export async function benchWrites(engines: readonly Engine[], plan: Plan, folder: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const fsync of ['always', 'interval'] as const) {
    const worlds = engines.map((engine): Rates => ({ engine, inserts: [], increments: [] }))
    for (let round = 1; round <= plan.rounds; round++) {
      for (const world of worlds) await tried(world, () => oneRound(world, fsync, plan, folder))
      const last = worlds.map(({ engine, inserts }) => `${engine.name} ${inserts.at(-1)?.toFixed(0)}`)
      progress(`inserts/s, fsync ${fsync}, round ${round} of ${plan.rounds}: ${last.join(', ')}`)
    }
    const said = `${plan.clients} clients, fsync ${fsync}`
    figures.push(
      figure(`inserts, ${said}`, '/s', worlds, world => median(world.inserts)),
      figure(`$inc, ${said}`, '/s', worlds, world => median(world.increments)),
    )
  }
  return figures
}

/** A round that another engine fails in does not count; ours may not fail. */
async function tried({ engine }: Rates, round: () => Promise<void>): Promise<void> {
  try {
    await round()
  } catch (error) {
    if (engine.name === 'embedded') throw error
    progress(`${engine.name} failed in this round: ${String(error)}`)
  }
}

async function oneRound(world: Rates, fsync: Fsync, plan: Plan, folder: string): Promise<void> {
  const data = join(folder, 'writes')
  const { client, stop } = await world.engine.start(data, fsync, plan.clients)
  try {
    await writeTo(world, client, plan)
  } finally {
    await stop()
    rmSync(data, { recursive: true, force: true })
  }
}

async function writeTo(world: Rates, client: MongoClient, { clients, writeSeconds }: Plan): Promise<void> {
  const db = client.db('bench-writes')
  const inserted = db.collection('inserted')
  await fill(inserted, 0, [byEmail])
  await fill(db.collection('counted'), COUNTERS, [])
  let at = 0
  const insert = () => inserted.insertOne(documentOf(at++))
  const increment = (i: number) =>
    db.collection('counted').updateOne({ _id: idOf(i % COUNTERS) }, { $inc: { n: 1 } })
  await rateOf(clients, writeSeconds * WARM_UP_SHARE, insert)
  world.inserts.push(await rateOf(clients, writeSeconds, insert))
  await rateOf(clients, writeSeconds * WARM_UP_SHARE, increment)
  world.increments.push(await rateOf(clients, writeSeconds, increment))
  await db.dropDatabase()
}
