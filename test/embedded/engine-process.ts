import { afterAll, beforeAll } from '@jest/globals'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { MongoClient, MongoError, MongoServerError, type MongoClientOptions } from 'mongodb'
import type { EngineOptions } from '../../server/embedded/engine.ts'
import { compiled } from './support.ts'

let program = ''
const running = new Set<ChildProcess>()
beforeAll(() => {
  program = compiled('test/embedded/engine-child.ts')
})
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

interface ProcessOptions extends Partial<EngineOptions> {
  directory: string | null
  /** What `disk-journal.ts` understands. */
  environment?: Record<string, string>
  /** The most that it may write into one file. */
  fileKilobytes?: number
}

/** An engine in a process of its own, which may be killed. */
export interface EngineProcess {
  uri: string
  port: number
  pid: number
  client(options?: MongoClientOptions): MongoClient
  /** Kills it with signal 9, if it lives, and closes its clients. */
  kill(): Promise<void>
  /** Resolves when the process has ended by itself or was killed. */
  ended: Promise<void>
}

/** Starts an engine in a process of its own. */
export async function startProcess(options: ProcessOptions): Promise<EngineProcess> {
  const { environment, fileKilobytes, ...engineOptions } = options
  const given = JSON.stringify({ port: 0, fsync: 'always', ...engineOptions })
  const limit = `ulimit -Sf ${fileKilobytes ?? 'unlimited'} && exec "$0" "$@"`
  const child = spawn('bash', ['-c', limit, process.execPath, program, given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  running.add(child)
  const ended = once(child, 'exit').then(() => void running.delete(child))
  const uri = await Promise.race([
    once(child.stdout, 'data').then(([text]) => String(text)),
    ended.then(() => Promise.reject(new Error('the engine ended before it was open'))),
  ])
  const clients: MongoClient[] = []
  return {
    uri,
    port: Number(new URL(uri.replace('mongodb:', 'http:')).port),
    pid: child.pid as number,
    ended,
    client(clientOptions) {
      const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, ...clientOptions })
      clients.push(client)
      return client
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
      for (const client of clients) await client.close(true)
    },
  }
}

/** Changes how much a running engine may write into one file. */
export function limitFiles({ pid }: EngineProcess, kilobytes: number | 'unlimited'): void {
  const size = kilobytes === 'unlimited' ? kilobytes : String(kilobytes * 1024)
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${size}:`])
}

/** Waits for clients that go on until their engine is gone; throws what else has ended one of them. */
export async function untilGone(clients: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(clients)) {
    if (result.status === 'fulfilled') continue
    const gone = result.reason instanceof MongoError && !answered(result.reason)
    if (!gone) throw result.reason
  }
}

/** Whether the engine itself has said so. */
const answered = (error: MongoError) => error instanceof MongoServerError && error.code !== undefined
