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
  /** How many frames have been written, and how many of them are known to be on the disk. */
  private written = 0
  private durable = 0
  private syncing: Promise<void> | undefined
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

  /** Runs a task between two frames, when all changes are in the file and the disk is at rest. */
  between(task: () => void): Promise<void> {
    this.tasks.push(task)
    return new Promise((resolve, reject) => {
      this.waiters.push({ durable: true, resolve, reject })
      this.start()
    })
  }

  /** Resolves when everything appended so far is as safe as the policy, or `durable`, demands. */
  settled(durable: boolean): Promise<void> {
    if (!this.pending.length && !this.working && (!durable || this.durable === this.written))
      return Promise.resolve()
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
        await this.runTasks()
        this.failure = undefined
        if (this.fsync === 'always') await this.synced()
        // Where not every commit waits for the disk, it works beside the frames that follow.
        const lasting = this.fsync === 'interval' ? waiters.filter(waiter => waiter.durable) : []
        if (lasting.length) answer(lasting, this.synced())
        for (const waiter of waiters) if (!lasting.includes(waiter)) waiter.resolve()
        // What has arrived in the meantime shall share the next frame.
        await nextTurn()
      } catch (error) {
        this.failure = error as Error
        this.tasks = []
        for (const waiter of waiters) waiter.reject(refusal(this.failure))
        break
      }
    }
    this.working = false
  }

  private writePending(): void {
    if (!this.pending.length) return
    this.file.write(frameOf(this.pending, this.durable === this.written))
    this.pending = []
    this.pendingBytes = 0
    this.written++
    if (!this.syncing) this.afterWrite()
  }

  private async runTasks(): Promise<void> {
    if (!this.tasks.length) return
    while (this.syncing) await this.syncing
    for (const task of this.tasks.splice(0)) task()
  }

  /** Resolves when all that has been written is on the disk. */
  private async synced(): Promise<void> {
    for (const frames = this.written; this.durable < frames;) {
      if (this.broken) throw this.broken
      await (this.syncing ??= this.sync())
    }
  }

  private async sync(): Promise<void> {
    const frames = this.written
    try {
      await this.file.sync()
      this.durable = frames
    } catch (error) {
      this.broken = error as Error
      throw error
    } finally {
      this.syncing = undefined
    }
  }

  /** Goes on in another file, which begins with a change; the old one is complete on the disk. For use between frames only. */
  continueIn(file: string, first: Uint8Array): void {
    this.file.trim()
    this.durable = this.written
    const next = new LogFile(file, 0)
    try {
      next.write(frameOf([first], true))
    } catch (error) {
      next.close()
      throw error
    }
    this.file.close()
    this.file = next
    this.written++
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    try {
      await this.settled(true)
      while (this.syncing) await this.syncing
      this.file.trim()
    } finally {
      this.closed = true
      this.file.close()
    }
  }
}

const refusal = (cause: Error) =>
  new MongoError('OutOfDiskSpace', `the log cannot be written: ${cause.message}`)

/** Tells waiters how the disk has done. */
function answer(waiters: Waiter[], done: Promise<void>): void {
  done.then(
    () => waiters.forEach(waiter => waiter.resolve()),
    (error: Error) => waiters.forEach(waiter => waiter.reject(refusal(error))),
  )
}
