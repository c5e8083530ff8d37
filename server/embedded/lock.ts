import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** What the lock file of a data folder says of its engine. */
interface Holder {
  pid: number
  host: string
  port: number
}

const heartbeat = 10_000
const silence = 30_000

/** The error of a data folder that another engine uses. */
export class FolderLocked extends Error {
  readonly code = 'EMBEDDED_LOCKED'
  constructor(directory: string, { pid, host, port }: Holder) {
    super(
      `the data folder ${directory} is in use by process ${pid} on ${host}, port ${port}; stop it first, or connect to it`,
    )
  }
}

/** The engine that runs on a data folder, if there is one. */
export async function findRunning(directory: string): Promise<{ uri: string } | undefined> {
  const holder = readLock(directory)
  if (!holder || holder.host !== hostname() || !(await isHeld(directory, holder))) return undefined
  return { uri: `mongodb://127.0.0.1:${holder.port}/?directConnection=true` }
}

/** Refuses a folder that another engine uses. */
export async function refuseLocked(directory: string): Promise<void> {
  const holder = readLock(directory)
  if (holder && (await isHeld(directory, holder))) throw new FolderLocked(directory, holder)
}

/** Locks a data folder for the engine on a port; answers how to let it go. An engine that died holds nothing. */
export async function lockFolder(directory: string, port: number): Promise<() => void> {
  mkdirSync(directory, { recursive: true })
  const own: Holder = { pid: process.pid, host: hostname(), port }
  while (!create(directory, own)) {
    const holder = readLock(directory)
    const mayLive = holder && (holder.port !== port || holder.host !== hostname())
    if (mayLive && (await isHeld(directory, holder))) throw new FolderLocked(directory, holder)
    removeStale(directory, holder)
  }
  const file = lockFile(directory)
  const timer = setInterval(() => touch(file), heartbeat).unref()
  return () => {
    clearInterval(timer)
    rmSync(file, { force: true })
  }
}

const lockFile = (directory: string) => join(directory, 'lock')

function readLock(directory: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lockFile(directory), 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function create(directory: string, own: Holder): boolean {
  try {
    writeFileSync(lockFile(directory), JSON.stringify(own), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Two starters may find the same stale lock: the file is moved away first, and put back if it was a new one. */
function removeStale(directory: string, seen: Holder | undefined): void {
  const aside = `${lockFile(directory)}.${process.pid}`
  try {
    renameSync(lockFile(directory), aside)
  } catch {
    return
  }
  const moved = JSON.parse(readFileSync(aside, 'utf8') || 'null') as Holder | null
  if (seen && moved && (moved.pid !== seen.pid || moved.port !== seen.port)) {
    renameSync(aside, lockFile(directory))
    throw new FolderLocked(directory, moved)
  }
  rmSync(aside)
}

/** On this machine an engine listens as long as it lives; of another one only the heartbeat can be seen. */
async function isHeld(directory: string, { pid, host, port }: Holder): Promise<boolean> {
  if (host === hostname()) return isAlive(pid) && (await listens(port))
  try {
    return Date.now() - statSync(lockFile(directory)).mtimeMs < silence
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // The folder has been removed; there is nothing left to guard.
  }
}
