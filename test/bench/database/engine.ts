import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { MongoClient, type WriteConcernSettings } from 'mongodb'
import { program } from '#server/base/paths'
import { type Running, startServer } from './server.ts'
import { copySketch, hasSketch } from './sketch.ts'

export type Fsync = 'always' | 'interval'
export type EngineName = 'embedded' | 'sketch' | 'MongoDB'

/** A database that is measured. */
export interface Engine {
  name: EngineName
  /** Starts it on a folder with so many connections at most. */
  start: (folder: string, fsync: Fsync, clients: number) => Promise<Running>
  /** For engines that begin in a folder: the file it writes its n-th snapshot to. */
  unfinishedSnapshot?: (n: number) => string
}

const embedded: Engine = {
  name: 'embedded',
  start: (folder, fsync, clients) =>
    startServer(program('database'), ['--port', '0', '--data', folder, '--fsync', fsync], clients),
  unfinishedSnapshot: n => `snapshot-${n}.part`,
}

const sketch = (file: string): Engine => ({
  name: 'sketch',
  start: async (folder, fsync, clients) =>
    startServer(file, [String(await freePort()), folder, fsync], clients),
  unfinishedSnapshot: n => `snap-${n}.tmp`,
})

/** A server that runs already: how it syncs is said with each write, and nobody knows its memory. */
const mongodb = (uri: string): Engine => ({
  name: 'MongoDB',
  start: async (_folder, fsync, clients) => {
    const writeConcern: WriteConcernSettings = { w: 1, j: fsync === 'always' }
    const client = await new MongoClient(uri, { maxPoolSize: clients, writeConcern }).connect()
    return {
      client,
      openedMs: Number.NaN,
      memory: () => Promise.reject(new Error('another machine’s memory is not known')),
      stop: () => client.close(),
    }
  },
})

/** Every engine there is: ours, the sketch where its folder is found, MongoDB where its address is given. */
export function engines(temporary: string): Engine[] {
  const beside = hasSketch() ? [sketch(join(copySketch(temporary), 'serve.mjs'))] : []
  const uri = process.env.TEST_MONGODB_URI
  return [embedded, ...beside, ...(uri ? [mongodb(uri)] : [])]
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
