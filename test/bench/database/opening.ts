import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DOCUMENT_BYTES } from './document.ts'
import type { Engine } from './engine.ts'
import { type Figure, figure } from './figure.ts'
import { median, progress } from './measure.ts'
import type { Plan } from './plan.ts'
import { contentsOf, prepare } from './prepared.ts'
import type { Memory } from './server.ts'

const MOST_SECONDS = 5
const MOST_MEMORY = 4

interface Opened {
  engine: Engine
  folder: string
  seconds: number[]
  memory: Memory[]
}

/** How long a full folder takes to open, with and without a snapshot, and what memory its documents take. */
export async function benchOpening(
  engines: readonly Engine[],
  plan: Plan,
  folder: string,
): Promise<Figure[]> {
  const bytes = Math.round(plan.openedBytes / DOCUMENT_BYTES) * DOCUMENT_BYTES
  const logs = await openings(engines, plan, join(folder, 'logs'), false)
  const both = await openings(engines, plan, join(folder, 'both'), true)
  const documents = `${(bytes / 1e6).toFixed(0)} MB of documents`
  const seconds = (one: Opened): number => median(one.seconds)
  const times = (kind: keyof Memory) => (one: Opened) => median(one.memory.map(each => each[kind])) / bytes
  return [
    figure(`opening a log of ${documents}`, 's', logs, seconds, MOST_SECONDS),
    figure(`opening snapshot and log of ${documents}`, 's', both, seconds, MOST_SECONDS),
    figure('RSS after opening, to the bytes of the documents', 'times', both, times('rss'), MOST_MEMORY),
    figure('heap and buffers after a collection, to the same', 'times', both, times('held')),
  ]
}

async function openings(
  engines: readonly Engine[],
  plan: Plan,
  folder: string,
  snapshots: boolean,
): Promise<Opened[]> {
  const documents = Math.round(plan.openedBytes / DOCUMENT_BYTES)
  const own = engines.filter(({ unfinishedSnapshot }) => unfinishedSnapshot)
  const worlds = own.map((engine): Opened => ({
    engine,
    folder: join(folder, engine.name),
    seconds: [],
    memory: [],
  }))
  const ready: Opened[] = []
  for (const world of worlds) if (await isPrepared(world, documents, snapshots)) ready.push(world)
  for (let round = 0; round < plan.rounds; round++) for (const world of ready) await open(world)
  rmSync(folder, { recursive: true, force: true })
  return ready
}

/** Another engine that cannot take so many documents is left out; ours must. */
async function isPrepared(
  { engine, folder }: Opened,
  documents: number,
  snapshots: boolean,
): Promise<boolean> {
  try {
    await prepare(engine, folder, { documents, snapshots })
    progress(`${engine.name} opens ${contentsOf(folder)}`)
    return true
  } catch (error) {
    if (engine.name === 'embedded') throw error
    progress(`${engine.name} cannot be filled to be opened: ${String(error)}`)
    return false
  }
}

async function open({ engine, folder, seconds, memory }: Opened): Promise<void> {
  const running = await engine.start(folder, 'interval', 1)
  seconds.push(running.openedMs / 1000)
  memory.push(await running.memory())
  await running.stop()
}
