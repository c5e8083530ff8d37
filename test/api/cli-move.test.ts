import { readdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { BSON, MongoClient, type Db } from 'mongodb'
import { clientOf } from '../support/client.ts'
import { aDataFolder, cli, startDatabaseProcess, startServer } from '../support/server-process.ts'

const { Binary, BSONRegExp, Decimal128, Double, Int32, Long } = BSON

/** The database of an engine of its own. */
async function anEngine(args: string[] = ['--memory']) {
  const database = startDatabaseProcess([...args, '--port', '0'])
  const uri = await database.started
  const client = await new MongoClient(uri).connect()
  const stop = async () => {
    await client.close()
    database.kill('SIGTERM')
    return database.ended
  }
  return { uri, db: client.db('rizhi'), stop }
}

async function everything(db: Db): Promise<unknown> {
  const collections = (await db.listCollections().toArray()).map(({ name }) => name).sort()
  return Promise.all(
    collections.map(async name => ({
      name,
      indexes: await db.collection(name).indexes(),
      documents: (await db.collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray()).map(bytes =>
        Buffer.from(bytes as unknown as Uint8Array).toString('hex'),
      ),
    })),
  )
}

test('everything moves from the data folder to another server, and back into a folder', async () => {
  const env = { DATA_DIR: aDataFolder(), TMPDIR: aDataFolder() }
  const server = startServer(env)
  const base = await server.started
  const { token } = await clientOf(() => base).call('POST /sign-in', { body: { code: 'demo:向远' } })
  const { paper } = await clientOf(() => base, token).call('GET /today')
  const target = await anEngine()

  const running = await cli(['move', '--to', target.uri], env)
  server.kill('SIGTERM')
  await server.ended
  const moved = await cli(['move', '--to', target.uri], env)
  const again = await cli(['move', '--to', target.uri], env)

  expect(running).toMatchObject({ code: 2, err: expect.stringContaining('还在运行') })
  expect(moved).toMatchObject({ code: 0, out: expect.stringContaining('数量和校验和都一致') })
  expect(moved.out).toContain('MONGODB_URI=')
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining('目标数据库里已经有数据') })

  const home = { DATA_DIR: aDataFolder() }
  const back = await anEngine(['--data', home.DATA_DIR])
  expect(await cli(['move', '--from', target.uri, '--to', back.uri], {})).toMatchObject({ code: 0 })
  expect(await everything(back.db)).toEqual(await everything(target.db))
  await back.stop()
  const second = startServer(home)
  const started = await second.started
  expect((await clientOf(() => started, token).call('GET /today')).paper.id).toBe(paper.id)
  second.kill('SIGTERM')
  await Promise.all([second.ended, target.stop()])
  expect(readdirSync(env.TMPDIR)).toEqual([])
})

test('types and indexes of every kind arrive as they were, and the source stays as it is', async () => {
  const [source, target] = await Promise.all([anEngine(), anEngine()])
  const docs = source.db.collection('docs')
  await docs.insertMany([
    { n: new Int32(5), d: new Double(5), l: Long.fromNumber(5), big: Long.fromString('9007199254740993') },
    { decimal: Decimal128.fromString('0.10'), bytes: new Binary(Buffer.from('日知')), at: new Date(0) },
    { pattern: new BSONRegExp('^村', 'i'), nested: { list: [{ deep: [null, new Date(1)] }] } },
  ])
  await docs.createIndexes([
    { key: { n: 1, d: -1 } },
    { key: { big: 1 }, unique: true, sparse: true },
    { key: { decimal: 1 }, unique: true, partialFilterExpression: { decimal: { $exists: true } } },
    { key: { at: 1 }, expireAfterSeconds: 2_000_000_000 },
  ])
  await source.db.createCollection('empty')
  const before = await everything(source.db)

  const moved = await cli(['move', '--from', source.uri, '--to', target.uri], {})

  expect(moved).toMatchObject({ code: 0 })
  expect(await everything(target.db)).toEqual(before)
  expect(await everything(source.db)).toEqual(before)
  await Promise.all([source.stop(), target.stop()])
})

test('what is written while it moves is noticed, and ends with 1', async () => {
  const [source, target] = await Promise.all([anEngine(), anEngine()])
  const docs = source.db.collection('docs')
  await docs.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n })))
  let moving = true
  const writer = (async () => {
    for (let n = 0; moving; n++) await docs.insertOne({ late: n })
  })()

  const moved = await cli(['move', '--from', source.uri, '--to', target.uri], {})
  moving = false
  await writer

  expect(moved).toMatchObject({ code: 1, out: expect.stringContaining('这些不在新库里') })
  await Promise.all([source.stop(), target.stop()])
})

test.each([
  [[], '--to'],
  [['--to', 'http://127.0.0.1'], 'mongodb://'],
  [['--to', 'mongodb://u:geheim@127.0.0.1:1/'], '连不上数据库 127.0.0.1:1'],
])('%j is refused in a sentence', async (args, sentence) => {
  const { code, out, err } = await cli(['move', ...args], { DATA_DIR: aDataFolder() })

  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(out + err).not.toContain('geheim')
  expect(err).not.toContain('    at ')
})

test('an empty source is refused, so that a wrong folder is noticed', async () => {
  const target = await anEngine()
  const { code, err } = await cli(['move', '--to', target.uri], { DATA_DIR: aDataFolder() })

  expect(code).toBe(2)
  expect(err).toContain('原来的数据库是空的')
  await target.stop()
})
