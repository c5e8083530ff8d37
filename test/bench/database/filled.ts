import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Collection } from 'mongodb'
import type { Engine } from './engine.ts'
import { byEmail, byScore, fill } from './fill.ts'
import { millisecondsOf, progress } from './measure.ts'
import type { Running } from './server.ts'

/** An engine with collections of each size. */
export interface Filled {
  engine: Engine
  collections: Map<number, Collection>
  /** How many documents a second the largest took, in batches. */
  perSecond: number
  stop: () => Promise<void>
}

/** Fills an engine with a collection of each size; one that cannot hold the largest does without it, and says so. */
export async function filled(engine: Engine, sizes: readonly number[], folder: string): Promise<Filled> {
  const data = join(folder, `reads-${engine.name}`)
  const running = await engine.start(data, 'interval', 8)
  const stop = async (): Promise<void> => {
    if (engine.name === 'MongoDB') await running.client.db('bench-reads').dropDatabase()
    await running.stop()
    rmSync(data, { recursive: true, force: true })
  }
  try {
    return { engine, ...(await fillAll(engine, running, sizes)), stop }
  } catch (error) {
    await stop()
    if (sizes.length === 1) throw error
    const failure = String(error).slice(0, 200)
    progress(`${engine.name} cannot hold ${sizes.at(-1)?.toLocaleString('en')} documents: ${failure}`)
    return filled(engine, sizes.slice(0, -1), folder)
  }
}

async function fillAll(engine: Engine, { client }: Running, sizes: readonly number[]) {
  const collections = new Map<number, Collection>()
  let perSecond = Number.NaN
  for (const size of sizes) {
    const collection = client.db('bench-reads').collection(`of-${size}`)
    await collection.drop()
    const taken = await millisecondsOf(() => fill(collection, size, [byEmail, byScore]))
    progress(`${engine.name}: ${size.toLocaleString('en')} documents in ${(taken / 1000).toFixed(1)} s`)
    collections.set(size, collection)
    perSecond = size / (taken / 1000)
  }
  return { collections, perSecond }
}
