import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  write,
  writeSync,
} from 'node:fs'
import { promisify } from 'node:util'

const sync = promisify(fdatasync)
const writeBeside = promisify(write)
/** How far ahead room is made: zeros are written, so that what comes later overwrites and needs no space. */
const ahead = 1024 * 1024
const zeros = Buffer.alloc(256 * 1024)

/** A log file with room made at its end: what has been reserved can be written even when the disk is full. */
export class LogFile {
  /** How many bytes of it are the log; zeros may follow. */
  size: number
  private room: number
  private readonly descriptor: number

  constructor(file: string, size: number) {
    this.descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o644)
    this.size = size
    this.room = size
    ftruncateSync(this.descriptor, size)
  }

  /** Makes room for so many more bytes; throws what the system says when there is none. */
  reserve(bytes: number): void {
    const end = this.size + bytes
    if (end <= this.room) return
    try {
      this.extend(end + ahead)
    } catch {
      this.extend(end)
    }
  }

  private extend(end: number): void {
    while (this.room < end)
      this.room += writeSync(this.descriptor, zeros, 0, Math.min(zeros.length, end - this.room), this.room)
  }

  /** Writes a frame whole while this thread goes on; one that failed is written over by the next. */
  async write(frame: Buffer): Promise<void> {
    const start = this.place(frame)
    try {
      for (let done = 0; done < frame.length;) {
        const rest = frame.length - done
        done += (await writeBeside(this.descriptor, frame, done, rest, start + done)).bytesWritten
      }
    } catch (error) {
      this.size = start
      throw error
    }
  }

  /** The same at once. */
  writeNow(frame: Buffer): void {
    const start = this.place(frame)
    try {
      for (let done = 0; done < frame.length;)
        done += writeSync(this.descriptor, frame, done, frame.length - done, start + done)
    } catch (error) {
      this.size = start
      throw error
    }
  }

  private place(frame: Buffer): number {
    const start = this.size
    this.size += frame.length
    this.room = Math.max(this.room, this.size)
    return start
  }

  sync(): Promise<void> {
    return sync(this.descriptor)
  }

  /** Cuts off the room and puts all on the disk. */
  trim(): void {
    ftruncateSync(this.descriptor, this.size)
    this.room = this.size
    fdatasyncSync(this.descriptor)
  }

  close(): void {
    closeSync(this.descriptor)
  }
}
