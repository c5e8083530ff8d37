import { type Collection, type MongoClient, ObjectId } from 'mongodb'
import { seedContent, signIn } from './seed.ts'
import { start } from './stage.ts'

const SIZES = [2_000, 200_000] as const
const PATHS = ['/api/points', '/api/today', '/api/points/entries']
const CALLS = 300
const BATCH = 5_000
const DAY_MS = 24 * 60 * 60 * 1000

/** Middle time of a call with a short and with a long ledger, in milliseconds, and how much the long one costs. */
export type LedgerResult = Record<string, { shortMs: number; longMs: number; ratio: number }>

/** What a page costs a cadre with 2,000 entries beside one with 200,000. */
export async function benchLedger(uri: string, client: MongoClient): Promise<LedgerResult> {
  await seedContent(uri, 'bench-ledger')
  const { base, stop } = await start('real-server', uri, 'bench-ledger')
  const tokens = await signIn(base, SIZES.length)
  for (const token of tokens) for (const path of PATHS) await time(base, path, token)
  const db = client.db('bench-ledger')
  const cadres = await db.collection('cadres').find().sort({ _id: 1 }).toArray()
  for (const [i, size] of SIZES.entries()) {
    const cadre = await cadreOf(base, tokens[i] ?? '')
    if (!cadres.some(({ _id }) => _id.equals(cadre))) throw new Error('the cadre is not in the database')
    await fill(db.collection('pointentries'), cadre, size)
    await db.collection('standings').updateOne({ cadre }, { $set: { total: size } })
  }
  const result: LedgerResult = {}
  for (const path of PATHS) result[path] = await compare(base, path, tokens)
  await stop()
  return result
}

async function cadreOf(base: string, token: string): Promise<ObjectId> {
  const response = await fetch(`${base}/api/me`, { headers: { authorization: `Bearer ${token}` } })
  return new ObjectId(((await response.json()) as { id: string }).id)
}

async function fill(entries: Collection, cadre: ObjectId, size: number): Promise<void> {
  const from = Date.now() - 400 * DAY_MS
  for (let at = 0; at < size; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, size - at) }, (_, i) => {
      const moment = new Date(from + Math.floor(((at + i) / size) * 390) * DAY_MS)
      const day = moment.toISOString().slice(0, 10)
      const detail = { number: 1 }
      return {
        cadre,
        cause: 'question',
        key: `bench:${at + i}`,
        day,
        points: 1,
        ruleVersion: 1,
        at: moment,
        detail,
      }
    })
    await entries.insertMany(batch)
  }
}

/** Takes turns, so that a busy moment of the machine falls on both. */
async function compare(base: string, path: string, tokens: string[]) {
  const times = tokens.map((): number[] => [])
  for (let n = 0; n < CALLS; n++) {
    for (const [i, token] of tokens.entries()) times[i]?.push(await time(base, path, token))
  }
  const [shortMs = 0, longMs = 0] = times.map(middle)
  return { shortMs, longMs, ratio: longMs / shortMs }
}

async function time(base: string, path: string, token: string): Promise<number> {
  const from = performance.now()
  const response = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } })
  await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return performance.now() - from
}

const middle = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
