import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { program, root } from '#server/base/paths'
import { startEmbedded } from '#server/embedded/start'
import { benchAnswers } from './answers.ts'
import { benchAsking } from './asking.ts'
import { benchLedger } from './ledger.ts'
import { benchPolicies } from './policies.ts'
import { benchReminders } from './reminders.ts'
import { benchRetrieval } from './retrieval.ts'
import { benchRush } from './rush.ts'
import { folder } from './stage.ts'

interface Stage {
  uri: string
  client: MongoClient
}

/** What is measured, in this order; BENCH_ONLY names some of it. */
const parts: Record<string, (stage: Stage) => unknown> = {
  answers: async ({ uri, client }) => {
    const answers = await benchAnswers(uri, client)
    console.log(
      `ratio: ${answers.ratio.toFixed(2)} of the floor, ${answers.rawRatio.toFixed(2)} of raw commands`,
    )
    return answers
  },
  rush: async ({ uri }) => {
    const rush = await benchRush(uri)
    console.log(`morning rush: ${rush.requests} calls in ${rush.seconds.toFixed(1)} s, ${rush.failed} failed`)
    rush.failures.forEach(failure => console.log(failure))
    return rush
  },
  ledger: async ({ uri, client }) => shown(await benchLedger(uri, client)),
  policies: async () => {
    const policies = await benchPolicies()
    const articles = Math.round(policies.articlesPerSecond)
    console.log(`policy import: ${articles} articles a second before the database`)
    return policies
  },
  asking: async ({ uri }) => shown(await benchAsking(uri)),
  retrieval: () => shown(benchRetrieval()),
  reminders: async ({ uri, client }) => {
    const reminders = await benchReminders(uri, client)
    console.table(reminders.slots)
    console.log(
      `reminders: ratio ${reminders.ratio.toFixed(2)}, the emulator alone ${reminders.emulatorPerSecond} a second`,
    )
    return reminders
  },
}

const shown = <T>(table: T): T => {
  console.table(table)
  return table
}

/** Runs it on one database: BENCH_MONGODB_URI, or an embedded engine as `npm start` has it. */
async function run(): Promise<void> {
  const only = process.env.BENCH_ONLY?.split(',') ?? Object.keys(parts)
  const unknown = only.filter(name => !(name in parts))
  if (unknown.length > 0) throw new Error(`no such part: ${unknown.join()}`)
  const given = process.env.BENCH_MONGODB_URI
  const engine = given
    ? undefined
    : await startEmbedded({
        directory: join(folder, 'data'),
        port: 0,
        fsync: 'always',
        workerFile: program('embedded-worker'),
      })
  const uri = given ?? engine?.uri ?? ''
  const client = await new MongoClient(uri).connect()
  const results: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(parts))
    if (only.includes(name)) results[name] = await part({ uri, client })
  write({
    at: new Date().toISOString(),
    machine: { cpus: cpus().length, model: cpus()[0]?.model, node: process.version },
    database: given ? 'MongoDB' : 'embedded, fsync always',
    ...results,
  })
  await client.close()
  await engine?.stop()
  rmSync(folder, { recursive: true, force: true })
}

function write(results: object): void {
  mkdirSync(join(root, 'bench'), { recursive: true })
  writeFileSync(join(root, 'bench/results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

run().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
