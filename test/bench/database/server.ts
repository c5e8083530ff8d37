import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'

/** What a process holds, in bytes. */
export interface Memory {
  rss: number
  /** Heap and buffers after a collection. */
  held: number
}

/** An engine that runs, with a client. */
export interface Running {
  client: MongoClient
  /** From the start of the process to the first answer. */
  openedMs: number
  memory: () => Promise<Memory>
  stop: () => Promise<void>
}

/** Starts a program that prints its `mongodb://` address when it is ready, and waits for its first answer. */
export async function startServer(program: string, args: string[], clients: number): Promise<Running> {
  const from = performance.now()
  const probe = join(__dirname, 'memory-probe.js')
  const child = spawn(process.execPath, ['--expose-gc', '--require', probe, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const uri = await addressOf(child)
  const client = await new MongoClient(uri, { maxPoolSize: clients }).connect()
  await client.db('admin').command({ ping: 1 })
  const openedMs = performance.now() - from
  return {
    client,
    openedMs,
    memory: () => memoryOf(child),
    stop: async () => {
      await client.close()
      await ended(child)
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  let out = ''
  let err = ''
  child.stderr?.on('data', (part: Buffer) => (err = `${err}${part.toString()}`.slice(-2_000)))
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      out = `${out}${part.toString()}`.slice(-2_000)
      const address = /mongodb:\/\/\S+/.exec(out)?.[0]
      if (address) resolve(address)
    })
    child.once('exit', code => reject(new Error(`the engine ended with ${code}: ${err}`)))
  })
}

function memoryOf(child: ChildProcess): Promise<Memory> {
  const answer = new Promise<Memory>(resolve => child.once('message', message => resolve(message as Memory)))
  child.send('memory')
  return answer
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}
