import { MongoError } from '../value/error.ts'
import type { Journal } from '../storage/store.ts'
import { frameBytesOver, frameOf } from './frame.ts'
import { LogFile } from './log-file.ts'

const nextTurn = () => new Promise(resolve => setImmediate(resolve))
/** How long a change may stay off the disk under `interval`. */
const syncInterval = 100

/** When commits are on the disk before they are answered: always, or only when they ask for it. */
export type Fsync = 'always' | 'interval'

interface Waiter {
  durable: boolean
  resolve(): void
  reject(error: Error): void
}

/**
 * The write-ahead log. Changes are gathered while the disk is busy and then written as one frame with one fsync, so
 * that many commits share it.
 */
export class Log implements Journal {
  private file: LogFile
  private readonly fsync: Fsync
  private pending: Uint8Array[] = []
  private pendingBytes = 0
  private waiters: Waiter[] = []
  private tasks: (() => void)[] = []
  private closed = false
  private unsynced = false
  private working = false
  /** Why the disk did not take the changes that are pending. */
  private failure: Error | undefined
  /** Why nobody knows what is on the disk: after a failed fsync the next one says nothing. */
  private broken: Error | undefined
  private readonly timer: NodeJS.Timeout | undefined

  private readonly afterWrite: () => void

  /** `afterWrite` is called between two frames, where another file may be begun. */
  constructor(file: string, size: number, fsync: Fsync, afterWrite: () => void) {
    this.afterWrite = afterWrite
    this.file = new LogFile(file, size)
    this.fsync = fsync
    if (fsync === 'interval')
      this.timer = setInterval(() => void this.settled(true).catch(() => {}), syncInterval).unref()
  }

  get size(): number {
    return this.file.size
  }

  /** Takes changes that belong together, all or none: throws when the disk has no room for them and what may follow. */
  append(changes: Uint8Array[], spare = 16 * 1024): void {
    if (this.closed) return
    if (this.broken) throw refusal(this.broken)
    const bytes = changes.reduce((sum, change) => sum + change.length, this.pendingBytes)
    try {
      this.file.reserve(bytes + frameBytesOver + spare)
    } catch (error) {
      throw refusal(error as Error)
    }
    for (const change of changes) this.pending.push(change)
    this.pendingBytes = bytes
    this.start()
  }

  /** Runs a task between two frames, when all changes are in the file. */
  between(task: () => void): Promise<void> {
    this.tasks.push(task)
    return new Promise((resolve, reject) => {
      this.waiters.push({ durable: true, resolve, reject })
      this.start()
    })
  }

  /** Resolves when everything appended so far is as safe as the policy, or `durable`, demands. */
  settled(durable: boolean): Promise<void> {
    if (!this.pending.length && !this.working && !(this.unsynced && durable)) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.waiters.push({ durable, resolve, reject })
      this.start()
    })
  }

  /** Before a write: after a failure the old changes must reach the disk first, or the write is refused. */
  async ready(): Promise<void> {
    if (this.failure) await this.settled(false)
  }

  private start(): void {
    if (this.working) return
    this.working = true
    setImmediate(() => void this.work())
  }

  private async work(): Promise<void> {
    while (this.pending.length || this.waiters.length) {
      const waiters = this.waiters
      this.waiters = []
      try {
        this.writePending()
        for (const task of this.tasks.splice(0)) task()
        if (this.fsync === 'always' || waiters.some(waiter => waiter.durable)) await this.syncNow()
        this.failure = undefined
        for (const waiter of waiters) waiter.resolve()
        // What has arrived in the meantime shall share the next frame.
        await nextTurn()
      } catch (error) {
        this.failure = error as Error
        for (const waiter of waiters) waiter.reject(refusal(this.failure))
        break
      }
    }
    this.working = false
  }

  private writePending(): void {
    if (!this.pending.length) return
    this.file.write(frameOf(this.pending, !this.unsynced))
    this.pending = []
    this.pendingBytes = 0
    this.unsynced = true
    this.afterWrite()
  }

  private async syncNow(): Promise<void> {
    if (this.broken) throw this.broken
    if (!this.unsynced) return
    // What is written while the disk works is not covered by it.
    this.unsynced = false
    try {
      await this.file.sync()
    } catch (error) {
      this.broken = error as Error
      throw error
    }
  }

  /** Goes on in another file, which begins with a change; the old one is complete on the disk. For use between frames only. */
  continueIn(file: string, first: Uint8Array): void {
    this.file.trim()
    this.unsynced = false
    const next = new LogFile(file, 0)
    try {
      next.write(frameOf([first], true))
    } catch (error) {
      next.close()
      throw error
    }
    this.file.close()
    this.file = next
    this.unsynced = true
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    try {
      await this.settled(true)
      this.file.trim()
    } finally {
      this.closed = true
      this.file.close()
    }
  }
}

const refusal = (cause: Error) =>
  new MongoError('OutOfDiskSpace', `the log cannot be written: ${cause.message}`)
