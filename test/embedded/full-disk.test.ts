import { beforeAll, expect, it } from '@jest/globals'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { MongoClient, type Collection } from 'mongodb'
import { compiled, failureOf, onFolder, temporaryFolder } from './support.ts'

let child: string
beforeAll(() => {
  child = compiled('test/embedded/crash-child.ts')
})

/** An engine in a process that may write files of at most so many KB; `release` lifts that. */
async function limitedEngine(directory: string, kilobytes: number) {
  const shell = `ulimit -Sf ${kilobytes} && exec "$0" "$@"`
  const engine = spawn('bash', ['-c', shell, process.execPath, child, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [uri] = await once(engine.stdout, 'data')
  const client = await new MongoClient(String(uri), { serverSelectionTimeoutMS: 2000 }).connect()
  const setLimit = (size: string) => execFileSync('prlimit', [`--pid=${engine.pid}`, `--fsize=${size}:`])
  return {
    client,
    release: () => setLimit('unlimited'),
    fill: () => setLimit(String(kilobytes * 1024)),
    async kill() {
      engine.kill('SIGKILL')
      await once(engine, 'exit')
      await client.close(true)
    },
  }
}

const keys = async (docs: Collection) =>
  (await docs.find().sort({ key: 1 }).toArray()).map(doc => doc.key as number)

/** Inserts until there is no room; answers the keys that were acknowledged. */
async function fillUp(docs: Collection, from: number): Promise<{ acknowledged: number[]; refused: number }> {
  const acknowledged: number[] = []
  for (let key = from; ; key++)
    try {
      await docs.insertOne({ key, pad: 'x'.repeat(10_000) })
      acknowledged.push(key)
    } catch (error) {
      expect(error).toMatchObject({ code: 14031 })
      return { acknowledged, refused: key }
    }
}

const onLinux = process.platform === 'linux' ? it : it.skip

onLinux(
  'a write that finds the disk full fails and changes nothing; reads go on, and writes when there is space',
  async () => {
    const directory = temporaryFolder()
    const { client, release, fill, kill } = await limitedEngine(directory, 2048)
    const docs = client.db('test').collection('docs')
    await docs.createIndex({ key: 1 }, { unique: true })
    const { acknowledged, refused } = await fillUp(docs, 0)
    expect(acknowledged.length).toBeGreaterThan(100)
    const pad = 'y'.repeat(100_000)
    for (const write of [
      () => docs.updateOne({ key: 3 }, { $set: { pad } }),
      () => docs.findOneAndUpdate({ key: 4 }, { $set: { pad } }),
      () => docs.insertMany([{ key: -1, pad }]),
      () =>
        client.withSession(session =>
          session.withTransaction(() => docs.insertOne({ key: -2, pad }, { session })),
        ),
      () => docs.replaceOne({ key: -3 }, { key: -3, pad }, { upsert: true }),
    ])
      expect(await failureOf(write())).toMatchObject({ code: 14031 })
    expect(await keys(docs)).toEqual(acknowledged)
    expect(await docs.countDocuments({ pad })).toBe(0)
    release()
    for (const key of [-1, -2, refused]) await docs.insertOne({ key })
    fill()
    const expected = [-2, -1, ...acknowledged, refused]
    expect(await keys(docs)).toEqual(expected)
    await kill()
    expect(await onFolder(directory, db => keys(db.collection('docs')))).toEqual(expected)
  },
)
