import { open, stat } from 'node:fs/promises'
import { WrongCall } from '../command.ts'
import { DamagedArchive, type Record, recordsIn } from './archive.ts'
import {
  ARCHIVE_VERSION,
  type Described,
  type End,
  type Header,
  plainly,
  exactly,
  type Sum,
} from './record.ts'
import { Tally } from './tally.ts'
import { wording } from './wording.ts'

const GZIP = 0x1f8b

/** What an archive holds, once it is known to be whole. */
export interface Contents {
  header: Header
  collections: (Described & Sum)[]
  documents: number
}

/** Reads a whole archive and compares every count and checksum. Throws a sentence for what is wrong with it. */
export async function checkArchive(
  file: string,
  onProgress: (done: number, of: number | undefined) => void,
): Promise<Contents> {
  const size = await sizeOf(file)
  if (!(await isGzip(file))) throw new WrongCall(wording.notArchive(file))
  const reading = new Reading(file)
  for await (const record of recordsIn(file)) {
    reading.take(record)
    onProgress(record.offset, size)
  }
  return reading.contents(size)
}

async function sizeOf(file: string): Promise<number> {
  const entry = await stat(file).catch(() => undefined)
  if (!entry?.isFile()) throw new WrongCall(wording.noFile(file))
  return entry.size
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(2) })
    return bytesRead === 2 && buffer.readUInt16BE(0) === GZIP
  } finally {
    await handle.close()
  }
}

/** What has been read so far; each record must be one that may follow. */
class Reading {
  private readonly file: string
  private header: Header | undefined
  private readonly collections: (Described & Sum)[] = []
  private open: { described: Described; tally: Tally } | undefined
  private documents = 0
  private ended = false

  constructor(file: string) {
    this.file = file
  }

  take(record: Record): void {
    try {
      this.takeSound(record)
    } catch (error) {
      throw error instanceof WrongCall ? error : new DamagedArchive(this.file, record.offset)
    }
  }

  private takeSound(record: Record): void {
    const { kind, bytes, offset } = record
    if (!this.header) this.header = this.headerIn(record)
    else if (kind === 'D' && this.open) this.open.tally.add(bytes)
    else if (kind === 'C' && !this.open && !this.ended) {
      this.open = { described: exactly(bytes) as Described, tally: new Tally() }
    } else if (kind === 'S' && this.open) this.close(plainly(bytes) as Sum, offset)
    else if (kind === 'E' && !this.open && !this.ended) this.end(plainly(bytes) as End, offset)
    else throw new DamagedArchive(this.file, offset)
  }

  private headerIn({ kind, bytes }: Record): Header {
    const header = kind === 'H' ? (plainly(bytes) as Header) : undefined
    if (header?.format !== 'rizhi-backup') throw new WrongCall(wording.notArchive(this.file))
    if (header.version > ARCHIVE_VERSION) throw new WrongCall(wording.newerArchive(this.file, header.product))
    return header
  }

  private close({ count, checksum }: Sum, offset: number): void {
    const { described, tally } = this.open ?? {}
    if (!described || tally?.count !== count || tally.checksum !== checksum) {
      throw new DamagedArchive(this.file, offset)
    }
    this.collections.push({ ...described, count, checksum })
    this.documents += count
    this.open = undefined
  }

  private end({ collections, documents }: End, offset: number): void {
    if (collections !== this.collections.length || documents !== this.documents) {
      throw new DamagedArchive(this.file, offset)
    }
    this.ended = true
  }

  contents(size: number): Contents {
    const { header, collections, documents } = this
    if (!header || !this.ended) throw new DamagedArchive(this.file, size)
    return { header, collections, documents }
  }
}
