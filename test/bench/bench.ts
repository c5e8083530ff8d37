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
import { benchRetrieval } from './retrieval.ts'
import { benchRush } from './rush.ts'
import { folder } from './stage.ts'

/** Runs everything on one database: BENCH_MONGODB_URI, or an embedded engine as `npm start` has it. */
async function run(): Promise<void> {
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
  const answers = await benchAnswers(uri, client)
  console.log(
    `ratio: ${answers.ratio.toFixed(2)} of the floor, ${answers.rawRatio.toFixed(2)} of raw commands`,
  )
  const rush = await benchRush(uri)
  console.log(`morning rush: ${rush.requests} calls in ${rush.seconds.toFixed(1)} s, ${rush.failed} failed`)
  rush.failures.forEach(failure => console.log(failure))
  const ledger = await benchLedger(uri, client)
  console.table(ledger)
  const policies = await benchPolicies()
  console.log(
    `policy import: ${Math.round(policies.articlesPerSecond)} articles a second before the database`,
  )
  const asking = await benchAsking(uri)
  console.table(asking)
  const retrieval = benchRetrieval()
  console.table(retrieval)
  write({
    at: new Date().toISOString(),
    machine: { cpus: cpus().length, model: cpus()[0]?.model, node: process.version },
    database: given ? 'MongoDB' : 'embedded, fsync always',
    answers,
    rush,
    ledger,
    policies,
    asking,
    retrieval,
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
