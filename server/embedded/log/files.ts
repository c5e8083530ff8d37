import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sessions } from '../command/session.ts'
import { putChange, type Change } from '../storage/change.ts'
import type { Store } from '../storage/store.ts'
import { encode } from '../value/encode.ts'
import { DamagedFile, frameOf, readFrames } from './frame.ts'
import { Log, type Fsync } from './log.ts'
import { Replay } from './replay.ts'
import { setAside } from './set-aside.ts'

const format = 1
const frameBytes = 256 * 1024
/** A log smaller than this is not worth a snapshot. */
const leastCompacted = 64 * 1024 * 1024

/**
 * A data folder: `snapshot-N` is the database as it was when `log-N` began. Opening reads the newest snapshot and the
 * logs from it on; compaction begins another log, writes a snapshot of that moment and removes what came before.
 */
export class Files {
  log!: Log
  private readonly directory: string
  private readonly store: Store
  private readonly sessions: Sessions
  private readonly report: (line: string) => void
  private generation = 0
  private snapshotBytes = 0
  /** The size of the log from which on compaction is tried. */
  private compactedAbove = leastCompacted
  private compaction: Promise<void> | undefined

  constructor(directory: string, store: Store, sessions: Sessions, report: (line: string) => void) {
    this.directory = directory
    this.store = store
    this.sessions = sessions
    this.report = report
  }

  /** Reads everything and opens the log for writing; `repair` goes on with the sound part of a damaged log. */
  open(fsync: Fsync, repair = false): void {
    mkdirSync(this.directory, { recursive: true })
    for (const name of readdirSync(this.directory))
      if (name.endsWith('.part')) rmSync(join(this.directory, name))
    const replay = new Replay(this.store, this.sessions, format)
    const snapshot = Math.max(0, ...this.numbers('snapshot'))
    if (snapshot) this.snapshotBytes = this.readSnapshot(this.path('snapshot', snapshot), replay)
    const logs = this.numbers('log').filter(number => number >= snapshot)
    const sound = this.readLogs(logs, snapshot, replay, repair)
    replay.finish()
    this.generation = logs.at(-1) ?? snapshot
    this.log = new Log(this.path('log', this.generation), sound, fsync, () => this.compactIfLarge())
    if (!this.log.size) this.begin()
    this.removeBefore(snapshot)
    this.store.journal = this.log
  }

  private begin(): void {
    this.log.append([encode({ format })])
    syncDirectory(this.directory)
  }

  private readSnapshot(file: string, replay: Replay): number {
    const { sound, size } = readFrames(file, change => replay.apply(change))
    if (sound < size) throw new DamagedFile(file, sound, 'a snapshot is cut short')
    return size
  }

  /** Reads the logs in their order; answers how much of the last one is sound. Damaged ones leave the list. */
  private readLogs(logs: number[], snapshot: number, replay: Replay, repair: boolean): number {
    let sound = 0
    for (const [place, number] of logs.entries())
      try {
        sound = this.readLog(number, snapshot + place, number === logs.at(-1), replay)
      } catch (error) {
        if (!repair || !(error instanceof DamagedFile) || error.file !== this.path('log', number)) throw error
        const later = logs.splice(place + 1).map(one => this.path('log', one))
        setAside(error.file, error.offset, later)
        this.report(`${error.message} Repaired: the whole is kept as ${error.file}.damaged`)
        return error.offset
      }
    return sound
  }

  private readLog(number: number, expected: number, isLast: boolean, replay: Replay): number {
    const file = this.path('log', number)
    if (number !== expected) throw new DamagedFile(this.path('log', expected), 0, 'the file is missing')
    const { sound, size } = readFrames(file, change => replay.apply(change))
    if (sound === size) return sound
    if (!isLast) throw new DamagedFile(file, sound, 'a log is cut short that another one follows')
    this.report(
      `${file}: removed the last ${size - sound} bytes: room not used, or what a crash had cut short`,
    )
    truncateSync(file, sound)
    return sound
  }

  /** Writes a snapshot and drops the log before it; resolves when both are done. */
  async compact(): Promise<void> {
    await this.log.between(() => {
      if (!this.compaction) this.startCompaction()
    })
    await this.compaction
  }

  private compactIfLarge(): void {
    if (!this.compaction && this.log.size > Math.max(this.compactedAbove, 2 * this.snapshotBytes))
      this.startCompaction()
  }

  /** The log between two frames holds all that the store holds, so that file and memory are cut at the same commit. */
  private startCompaction(): void {
    const number = this.generation + 1
    const file = this.path('log', number)
    try {
      this.log.continueIn(file, encode({ format }))
      syncDirectory(this.directory)
    } catch (error) {
      rmSync(file, { force: true, recursive: true })
      this.compactedAbove = this.log.size + leastCompacted
      return this.report(`compaction failed: ${(error as Error).message}`)
    }
    this.generation = number
    this.compactedAbove = leastCompacted
    this.compaction = this.writeSnapshot(number)
      .catch((error: Error) => this.report(`compaction failed: ${error.message}`))
      .finally(() => (this.compaction = undefined))
  }

  private async writeSnapshot(number: number): Promise<void> {
    const moment = { snapshot: this.store.commits }
    this.store.history.open(moment)
    const changes = this.changesAsOf(moment.snapshot)
    const part = this.path('snapshot', number) + '.part'
    const file = await open(part, 'w')
    try {
      let bytes = 0
      for (let batch = take(changes); batch.length; batch = take(changes)) {
        const frame = frameOf(batch, true)
        await file.writeFile(frame)
        bytes += frame.length
      }
      await file.sync()
      renameSync(part, this.path('snapshot', number))
      syncDirectory(this.directory)
      this.snapshotBytes = bytes
      this.removeBefore(number)
    } finally {
      await file.close()
      if (existsSync(part)) rmSync(part)
      this.store.history.close(moment)
    }
  }

  /** The changes that make the database as it was after a commit; what is there is looked up at once. */
  private changesAsOf(commit: number): Iterator<Uint8Array> {
    const remembered = this.sessions.remembered()
    const collections = [...this.store.collections.values()]
      .filter(collection => !collection.madeIn)
      .map(one => ({ namespace: one.namespace, slots: one.slots, schema: [...one.schema()] }))
    return (function* () {
      yield encode({ format } satisfies Change)
      for (const { namespace, schema, slots } of collections) {
        for (const change of schema) yield encode(change)
        for (const slot of slots.values()) {
          const packed = slot.asOf(commit)
          if (packed) yield putChange(namespace, packed)
        }
      }
      for (const note of remembered) yield encode(note satisfies Change)
    })()
  }

  private removeBefore(number: number): void {
    for (const kind of ['snapshot', 'log'] as const)
      for (const old of this.numbers(kind)) if (old < number) rmSync(this.path(kind, old))
  }

  private path(kind: 'snapshot' | 'log', number: number): string {
    return join(this.directory, `${kind}-${number}`)
  }

  private numbers(kind: 'snapshot' | 'log'): number[] {
    const found = readdirSync(this.directory).flatMap(
      name => new RegExp(`^${kind}-(\\d+)$`).exec(name)?.[1] ?? [],
    )
    return found.map(Number).sort((a, b) => a - b)
  }

  async close(): Promise<void> {
    await this.compaction
    await this.log.close()
  }
}

/** The next changes of about one frame. */
function take(changes: Iterator<Uint8Array>): Uint8Array[] {
  const batch: Uint8Array[] = []
  for (let bytes = 0; bytes < frameBytes;) {
    const next = changes.next()
    if (next.done) break
    bytes += next.value.length
    batch.push(next.value)
  }
  return batch
}

/** Makes the names of new files in a folder survive a loss of power. */
function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
