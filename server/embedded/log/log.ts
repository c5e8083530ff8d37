import { closeSync, fdatasync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { MongoError } from '../value/error.ts'
import type { Journal } from '../storage/store.ts'
import { frameOf } from './frame.ts'

const sync = promisify(fdatasync)
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
  size: number
  private descriptor: number
  private readonly fsync: Fsync
  private pending: Uint8Array[] = []
  private waiters: Waiter[] = []
  private tasks: (() => void)[] = []
  private closed = false
  private unsynced = false
  private working = false
  /** Why the disk did not take the changes that are pending. */
  private failure: Error | undefined
  private readonly timer: NodeJS.Timeout | undefined

  private readonly afterWrite: () => void

  /** `afterWrite` is called between two frames, where another file may be begun. */
  constructor(file: string, size: number, fsync: Fsync, afterWrite: () => void) {
    this.afterWrite = afterWrite
    this.descriptor = openSync(file, 'a')
    this.size = size
    this.fsync = fsync
    if (fsync === 'interval')
      this.timer = setInterval(() => void this.settled(true).catch(() => {}), syncInterval).unref()
  }

  append(change: Uint8Array): void {
    if (this.closed) return
    this.pending.push(change)
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
    const frame = frameOf(this.pending, !this.unsynced)
    try {
      for (let done = 0; done < frame.length;) done += writeSync(this.descriptor, frame, done)
    } catch (error) {
      ftruncateSync(this.descriptor, this.size)
      throw error
    }
    this.pending = []
    this.size += frame.length
    this.unsynced = true
    this.afterWrite()
  }

  private async syncNow(): Promise<void> {
    if (!this.unsynced) return
    await sync(this.descriptor)
    this.unsynced = false
  }

  /** Goes on in another file; the old one is complete on the disk. For use between frames only. */
  continueIn(file: string): void {
    fdatasyncSync(this.descriptor)
    closeSync(this.descriptor)
    this.descriptor = openSync(file, 'a')
    this.size = 0
    this.unsynced = false
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.settled(true)
    this.closed = true
    closeSync(this.descriptor)
  }
}

const refusal = (cause: Error) =>
  new MongoError(
    'OutOfDiskSpace',
    `the log cannot be written: ${cause.message}; the change is kept in memory and written when there is space`,
  )
