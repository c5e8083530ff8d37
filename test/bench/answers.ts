import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { MongoClient } from 'mongodb'
import type { Load, Plan } from './load.ts'
import { commandMix, recording } from './recording.ts'
import { keysOf, planAnswers, seedContent, signIn } from './seed.ts'
import { copyDatabase, folder, load, start } from './stage.ts'

const CLIENTS = 64
const CADRES = 600
/** Cadres whose answers warm the server up and are not measured. */
const WARM_UP = 100
const ROUNDS = 5

export interface AnswersResult {
  commandsPerAnswer: Record<string, number>
  real: Load[]
  /** The floor written with the driver's methods, and the one that hands it raw commands. */
  floor: Load[]
  rawFloor: Load[]
  /** Answers per second of the real server over those of the floor: median of the rounds of each. */
  ratio: number
  rawRatio: number
}

/**
 * Answers per second of the real server beside the floor. First every answer is given once, one at a time, while its
 * commands are recorded; then server and floor take turns on copies of the same data.
 */
export async function benchAnswers(uri: string, client: MongoClient): Promise<AnswersResult> {
  const cadres = await seed(uri)
  const file = join(folder, 'recording.jsonl')
  rmSync(file, { force: true })
  await onCopy(client, db => start('real-server', uri, db, file), { clients: 1, cadres })
  const commandsPerAnswer = commandMix(recording(file).values())
  console.log('commands per answer, by command monitoring:', commandsPerAnswer)
  const plan = { clients: CLIENTS, cadres }
  const real: Load[] = []
  const floor: Load[] = []
  const rawFloor: Load[] = []
  for (let round = 0; round < ROUNDS; round++) {
    real.push(await onCopy(client, db => start('real-server', uri, db), plan))
    tell('real     ', real.at(-1))
    floor.push(await onCopy(client, db => start('floor-server', uri, db, file), plan))
    tell('floor    ', floor.at(-1))
    rawFloor.push(await onCopy(client, db => start('floor-server', uri, db, file, 'raw'), plan))
    tell('raw floor', rawFloor.at(-1))
  }
  const ratios = { ratio: median(real) / median(floor), rawRatio: median(real) / median(rawFloor) }
  return { commandsPerAnswer, real, floor, rawFloor, ...ratios }
}

async function seed(uri: string): Promise<Plan['cadres']> {
  await seedContent(uri, 'bench-seed')
  const keys = await keysOf(uri, 'bench-seed')
  const server = await start('real-server', uri, 'bench-seed')
  const cadres = await planAnswers(server.base, await signIn(server.base, CADRES), keys)
  await server.stop()
  return cadres
}

async function onCopy(
  client: MongoClient,
  open: (dbName: string) => ReturnType<typeof start>,
  { clients, cadres }: Omit<Plan, 'base'>,
): Promise<Load> {
  await copyDatabase(client, 'bench-seed', 'bench-run')
  const { base, stop } = await open('bench-run')
  const warmUp = await load({ base, clients, cadres: cadres.slice(0, WARM_UP) })
  const measured = await load({ base, clients, cadres: cadres.slice(WARM_UP) })
  await stop()
  if (warmUp.failed + measured.failed > 0)
    throw new Error([...warmUp.failures, ...measured.failures].join('\n'))
  return measured
}

function median(loads: Load[]): number {
  const sorted = loads.map(({ perSecond }) => perSecond).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function tell(name: string, found: Load | undefined): void {
  if (!found) return
  const { perSecond, p50Ms, p99Ms } = found
  console.log(
    `${name}: ${perSecond.toFixed(0)} answers/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
  )
}
