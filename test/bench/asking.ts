import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { connect, disconnect } from '#server/base/database'
import { findFiles, importPolicyFiles } from '#server/policy/service'
import type { Plan, Step } from './load.ts'
import { ARTICLES_A_LAW, madeUpLaw, numbers } from './made-up.ts'
import { signIn } from './seed.ts'
import { folder, load, start } from './stage.ts'

const LAWS = 1_300
const ASKERS = 50
const QUESTIONS_EACH = 6
/** Characters of an article that are asked with. */
const ASKED = 24
const DATABASE = 'bench-asking'
/** Questions that may be asked in vain while the index is built; each waits a few seconds. */
const PATIENCE = 60

/** How long askers wait who all ask at once. */
export interface AskingResult {
  articles: number
  /** With the database's own time. */
  importedPerSecond: number
  /** From the start of a server without a saved index until it answers. */
  readyMs: number
  questions: number
  failed: number
  firstByteP50Ms: number
  firstByteP95Ms: number
  wholeP50Ms: number
  perSecond: number
}

/** Fifty cadres ask free policy questions over HTTP at once, of a server without a model. */
export async function benchAsking(uri: string): Promise<AskingResult> {
  const random = numbers(7)
  const laws = Array.from({ length: LAWS }, (_, i) => madeUpLaw(i, random))
  const seconds = await importLaws(uri, laws)
  const texts = laws.flatMap(law => law.articles.map(({ text }) => text))
  const question = (): Step => {
    const words = texts[Math.floor(random() * texts.length)]?.slice(0, ASKED) ?? ''
    const body = { text: `${words}吗？` }
    return { method: 'POST', path: '/api/chat/messages', body, wants: '"by":"excerpt"' }
  }
  const { base, stop } = await start('real-server', uri, DATABASE)
  const tokens = await signIn(base, ASKERS + 1)
  const [first = '', ...askers] = tokens
  const from = performance.now()
  await untilAnswered(base, { token: first, steps: [question()] })
  const readyMs = performance.now() - from
  const cadres = askers.map(token => ({ token, steps: Array.from({ length: QUESTIONS_EACH }, question) }))
  const result = await load({ base, clients: ASKERS, cadres })
  await stop()
  if (result.failed > 0) result.failures.forEach(failure => console.log(failure))
  return {
    articles: LAWS * ARTICLES_A_LAW,
    importedPerSecond: Math.round((LAWS * ARTICLES_A_LAW) / seconds),
    readyMs: Math.round(readyMs),
    questions: result.requests,
    failed: result.failed,
    firstByteP50Ms: Math.round(result.firstByteP50Ms),
    firstByteP95Ms: Math.round(result.firstByteP95Ms),
    wholeP50Ms: Math.round(result.p50Ms),
    perSecond: Math.round(result.perSecond),
  }
}

/** Asks until there is an answer: until the index is there, people are told to ask again. */
async function untilAnswered(base: string, cadre: Plan['cadres'][number]): Promise<void> {
  for (let asked = 0; ; asked++) {
    const { failed, failures } = await load({ base, clients: 1, cadres: [cadre] })
    if (failed === 0) return
    if (asked === PATIENCE || !failures[0]?.includes('policy.preparing')) throw new Error(failures.join('\n'))
  }
}

/** Imports the laws as files, as an editor does; answers how many seconds it took. */
async function importLaws(uri: string, laws: ReturnType<typeof madeUpLaw>[]): Promise<number> {
  const source = join(folder, 'laws')
  mkdirSync(source, { recursive: true })
  for (const { key, name, articles } of laws) {
    const lines = articles.map(({ label, text }) => `${label} ${text}。`)
    writeFileSync(join(source, `${key}(2020-01-01).md`), `# ${name}\n\n${lines.join('\n\n')}\n`)
  }
  await connect(uri, { dbName: DATABASE })
  await mongoose.connection.dropDatabase()
  await Promise.all(Object.values(mongoose.models).map(model => model.createIndexes()))
  const files = (await findFiles(source)) ?? []
  const from = performance.now()
  const { counts } = await importPolicyFiles({ source, files, collectedOn: null, now: new Date() })
  const seconds = (performance.now() - from) / 1000
  await disconnect()
  rmSync(source, { recursive: true })
  if (counts.added !== laws.length) throw new Error(`${counts.added} of ${laws.length} laws were imported`)
  return seconds
}
