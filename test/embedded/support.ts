import { afterAll, beforeAll } from '@jest/globals'
import { buildSync } from 'esbuild'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'node:net'
import { BSON, MongoClient, type Db, type Document } from 'mongodb'
import { openEngine, type Engine, type EngineOptions } from '../../server/embedded/engine.ts'

const root = join(__dirname, '../..')

/** A new empty folder, removed when the file's tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-'))
  folders.push(folder)
  return folder
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** An engine in memory for one file's tests, with a client and an empty database. */
export function engineInMemory(options: Partial<EngineOptions> = {}) {
  const world = {} as { engine: Engine; client: MongoClient; db: Db }
  beforeAll(async () => {
    world.engine = await openEngine({ directory: null, port: 0, fsync: 'interval', ...options })
    world.client = await new MongoClient(world.engine.uri, { maxPoolSize: 64 }).connect()
    world.db = world.client.db('test')
  })
  afterAll(async () => {
    await world.client.close()
    await world.engine.stop()
  })
  return world
}

/** Opens an engine on a folder, lets `work` use it and stops it. */
export async function onFolder<T>(
  directory: string,
  work: (db: Db, engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine({ directory, port: 0, fsync: 'always' })
  const client = await new MongoClient(engine.uri).connect()
  try {
    return await work(client.db('test'), engine)
  } finally {
    await client.close()
    await engine.stop()
  }
}

/** Compiles a file of this project into one that node runs; packages stay where npm put them. */
export function compiled(file: string): string {
  const outfile = join(
    root,
    'node_modules/.cache/embedded-test',
    `${file.replace(/\W/g, '-')}-${process.pid}.cjs`,
  )
  buildSync({
    entryPoints: [join(root, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
  })
  folders.push(outfile)
  return outfile
}

/** What an operation failed with. */
export async function failureOf(work: Promise<unknown>): Promise<Record<string, unknown> & Error> {
  try {
    await work
  } catch (error) {
    return error as Record<string, unknown> & Error
  }
  throw new Error('it did not fail')
}

/** Sends bytes to an engine and answers the first reply's document; nothing when the connection is closed instead. */
export function sendRaw(port: number, bytes: Uint8Array): Promise<Document | undefined> {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write(bytes))
    let received = Buffer.alloc(0)
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk as Buffer])
      if (received.length < 4 || received.length < received.readInt32LE(0)) return
      resolve(BSON.deserialize(received.subarray(21, received.readInt32LE(0))))
      socket.destroy()
    })
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(undefined))
  })
}

/** A command as the bytes of a message. */
export function messageOf(command: Document): Buffer {
  const body = BSON.serialize(command)
  const head = Buffer.alloc(21)
  head.writeInt32LE(21 + body.length, 0)
  head.writeInt32LE(2013, 12)
  return Buffer.concat([head, body])
}
