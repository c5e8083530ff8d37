import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MongoClient } from 'mongodb'
import type { Load, Plan } from './load.ts'

/** Where the programs of the benchmark leave files for each other. */
export const folder = mkdtempSync(join(tmpdir(), 'rizhi-bench-'))

/** A server in a process of its own. */
export interface Running {
  base: string
  stop: () => Promise<void>
}

/** Starts one of the benchmark's servers; it tells its port once it listens. */
export async function start(program: 'real-server' | 'floor-server', ...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [...profiling(), join(__dirname, `${program}.js`), ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', message => resolve(message as number))
    child.once('exit', code => reject(new Error(`${program} ended with ${code}`)))
  })
  return { base: `http://127.0.0.1:${port}`, stop: () => ended(child) }
}

/** A program of the benchmark in a process of its own, with which messages are exchanged. */
export interface Child {
  ask: (question: string) => void
  /** The next message; rejects when the program ends without one. */
  told: <T>() => Promise<T>
  ended: Promise<void>
  stop: () => Promise<void>
}

/** Starts a program that says something by itself first. */
export function startChild(program: 'wechat-child' | 'sender-child', ...args: string[]): Child {
  const child = spawn(process.execPath, [...profiling(), join(__dirname, `${program}.js`), ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const end = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    ask: question => void child.send(question),
    told: <T>() =>
      new Promise<T>((resolve, reject) => {
        const fail = () => reject(new Error(`${program} ended`))
        child.once('exit', fail)
        child.once('message', message => {
          child.off('exit', fail)
          resolve(message as T)
        })
      }),
    ended: end,
    stop: () => ended(child),
  }
}

/** With BENCH_PROFILE each server leaves a CPU profile in that folder. */
function profiling(): string[] {
  const to = process.env.BENCH_PROFILE
  return to ? ['--cpu-prof', `--cpu-prof-dir=${to}`] : ['--enable-source-maps']
}

function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.disconnect()
  return exit
}

/** Runs a plan in the load generator's own process. */
export async function load(plan: Plan): Promise<Load> {
  const [planFile, resultFile] = [join(folder, 'plan.json'), join(folder, 'load.json')]
  writeFileSync(planFile, JSON.stringify(plan))
  const child = spawn(process.execPath, [join(__dirname, 'load.js'), planFile, resultFile], {
    stdio: 'inherit',
  })
  const code = await new Promise(resolve => child.once('exit', resolve))
  if (code !== 0) throw new Error(`the load generator ended with ${String(code)}`)
  return JSON.parse(readFileSync(resultFile, 'utf8')) as Load
}

const BATCH = 1_000

/** Makes `to` a copy of `from`, documents and indexes, so that every run begins with the same data. */
export async function copyDatabase(client: MongoClient, from: string, to: string): Promise<void> {
  await client.db(to).dropDatabase()
  for (const { name } of await client.db(from).listCollections().toArray()) {
    const source = client.db(from).collection(name)
    const target = client.db(to).collection(name)
    for (const { key, name: index, v: _, ...options } of await source.indexes()) {
      if (index !== '_id_') await target.createIndex(key as Record<string, 1>, { name: index, ...options })
    }
    const documents = await source.find().toArray()
    for (let at = 0; at < documents.length; at += BATCH) {
      await target.insertMany(documents.slice(at, at + BATCH), { ordered: false })
    }
  }
}
