import { closeSync, constants, fdatasync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'

const sync = promisify(fdatasync)
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

  /** Writes a frame whole; one that failed is written over by the next. */
  write(frame: Buffer): void {
    for (let done = 0; done < frame.length;)
      done += writeSync(this.descriptor, frame, done, frame.length - done, this.size + done)
    this.size += frame.length
    this.room = Math.max(this.room, this.size)
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
