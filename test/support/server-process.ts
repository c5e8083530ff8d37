import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import { program, root } from '#server/base/paths'

const folders: string[] = []

/** A data folder of its own, removed after the test file. */
export function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rizhi-process-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** What a program of the server wrote, and how it ended. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** A program of the server in a process of its own, as an operator starts it. */
export interface ServerProcess {
  /** Its address, once it says that it has started; rejects when it ends before. */
  started: Promise<string>
  ended: Promise<Ended>
  kill: (signal: NodeJS.Signals) => void
}

const clean = (env: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  // Set, so that a .env of the developer's own has no say.
  MONGODB_URI: '',
  WECHAT_APPID: '',
  WECHAT_SECRET: '',
  WECHAT_TOKEN: '',
  WECHAT_ENCODING_AES_KEY: '',
  WECHAT_REMINDER_TEMPLATE: '',
  WECOM_CORPID: '',
  WECOM_SECRET: '',
  WECOM_AGENTID: '',
  WECOM_MINIPROGRAM_APPID: '',
  SITE_URL: '',
  DEMO: '',
  REMINDER_LEARNING: '',
  NODE_ENV: 'development',
  LOG_LEVEL: 'error',
  PORT: '0',
  HOST: '127.0.0.1',
  EMBEDDED_OK: '',
  EMBEDDED_REPAIR: '',
  EMBEDDED_FSYNC: 'always',
  METRICS_TOKEN: '',
  H5_BUILD: '0',
  ...env,
})

/** Starts the compiled server with these settings and no others. */
export function startServer(env: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [program('main')], { cwd: root, env: clean(env) })
  return watched(child, /http:\/\/\S+/, address => address.replace('localhost', '127.0.0.1'))
}

/** Starts the compiled `npm run database` with these arguments; as another user where one is given. */
export function startDatabaseProcess(args: string[], uid?: number): ServerProcess {
  const options = { cwd: root, env: clean({}), ...(uid !== undefined && { uid }) }
  return watched(spawn(process.execPath, [program('database'), ...args], options), /mongodb:\/\/\S+/)
}

function watched(child: ChildProcess, pattern: RegExp, told = (address: string) => address): ServerProcess {
  const ended = endOf(child)
  const started = new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString()
      const address = pattern.exec(text)?.[0]
      if (address) resolve(told(address))
    })
    void ended.then(({ err }) => reject(new Error(err)))
  })
  started.catch(() => undefined)
  return { started, ended, kill: signal => void child.kill(signal) }
}

/** Runs the command line tool to its end. */
export const cli = (args: string[], env: Record<string, string>): Promise<Ended> =>
  endOf(spawn(process.execPath, [program('cli'), ...args], { cwd: root, env: clean(env) }))

function endOf(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr?.on('data', (part: Buffer) => (err += part.toString()))
  return new Promise(resolve => child.once('close', code => resolve({ code, out, err })))
}
