import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Server } from './command/call.ts'
import { Cursors } from './command/cursor.ts'
import { removeExpired } from './command/expiry.ts'
import { runCommand } from './command/run.ts'
import { Sessions } from './command/session.ts'
import { Snapshots } from './command/snapshot.ts'
import { lockFolder, refuseLocked } from './lock.ts'
import { Files } from './log/files.ts'
import type { Fsync } from './log/log.ts'
import { Store } from './storage/store.ts'
import type { Doc } from './value/document.ts'
import { MongoError } from './value/error.ts'
import { serve } from './wire/connection.ts'

const host = '127.0.0.1'
const housekeeping = 10_000

/** How an engine is opened. */
export interface EngineOptions {
  /** Where the data is; null keeps it in memory only. */
  directory: string | null
  /** 0 for any free one. */
  port: number
  /** Whether commits are on the disk before they are answered, or within a tenth of a second. */
  fsync: Fsync
  /** Goes on with the sound part of a damaged log; the whole is kept beside it. */
  repair?: boolean
  /** How often documents are removed whose TTL is over, in milliseconds. */
  expiryInterval?: number
  log?: (line: string) => void
}

/** A running engine. */
export interface Engine {
  port: number
  uri: string
  /** Closes the connections, writes everything to the disk and lets the folder go. */
  stop(): Promise<void>
}

/** Opens an engine in this thread; throws FolderLocked, DamagedFile or what the system says. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { directory, log = () => {} } = options
  const store = new Store()
  const sessions = new Sessions(store)
  const server: Server = {
    store,
    sessions,
    snapshots: new Snapshots(store),
    cursors: new Cursors(),
    log: undefined,
    address: '',
    startedAt: Date.now(),
  }
  if (directory !== null) await refuseLocked(directory)
  let opened: (() => void) | undefined
  const whenOpen = new Promise<void>(resolve => (opened = resolve))
  const listener = await listen(options.port, command => whenOpen.then(() => answer(server, command, log)))
  server.address = `${host}:${listener.port}`
  const closers: (() => void | Promise<void>)[] = [() => listener.close()]
  try {
    if (directory !== null) {
      closers.unshift(await lockFolder(directory, listener.port))
      const files = new Files(directory, store, sessions, log)
      files.open(options.fsync, options.repair)
      server.log = files.log
      closers.unshift(() => files.close())
    }
  } catch (error) {
    for (const close of closers) await close()
    throw error
  }
  const timers = startTimers(server, options.expiryInterval ?? 60_000, log)
  opened?.()
  return {
    port: listener.port,
    uri: `mongodb://${server.address}/?directConnection=true`,
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await listener.close()
      for (const close of closers.slice(0, -1)) await close()
    },
  }
}

async function listen(port: number, run: (command: Doc) => Promise<Doc>) {
  const sockets = new Set<Socket>()
  const listener = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, run)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen({ port, host, backlog: 1024 }, resolve)
  })
  return {
    port: (listener.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => listener.close(resolve))
    },
  }
}

function startTimers(server: Server, expiryInterval: number, log: (line: string) => void): NodeJS.Timeout[] {
  const expire = () =>
    void removeExpired(server, Date.now()).catch((error: Error) => log(`expiry failed: ${error.message}`))
  const keepHouse = () => {
    server.cursors.expire(Date.now())
    server.sessions.expire(Date.now())
    server.snapshots.expire(Date.now())
  }
  return [setInterval(expire, expiryInterval).unref(), setInterval(keepHouse, housekeeping).unref()]
}

/** Runs a command; whatever is thrown becomes the reply that MongoDB would give. */
async function answer(server: Server, command: Doc, log: (line: string) => void): Promise<Doc> {
  try {
    return { ...(await runCommand(server, command)), ok: 1, ...server.snapshots.stamp() }
  } catch (error) {
    if (error instanceof MongoError) {
      const { code, codeName, message, details } = error
      return { ok: 0, errmsg: message, code, codeName, ...details, ...server.snapshots.stamp() }
    }
    const { message, stack } = error as Error
    log(`command ${Object.keys(command)[0]} failed: ${stack ?? message}`)
    return { ok: 0, errmsg: message, code: 8, codeName: 'UnknownError' }
  }
}
