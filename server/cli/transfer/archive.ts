import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { WrongCall } from '../command.ts'
import type { Kind } from './record.ts'
import { wording } from './wording.ts'

/** Level 2 keeps up with the disk, so that a snapshot is held as short as can be; 6 halves the speed for a tenth less. */
const LEVEL = 2
const READ_BYTES = 256 * 1024
/** A document has 16 MB at most; a collection's description may have a few more. */
const LARGEST = 17 * 1024 * 1024
const HEAD = 5

/** An archive that is not whole; the offset is where in the file this was noticed. */
export class DamagedArchive extends WrongCall {
  readonly offset: number
  constructor(file: string, offset: number) {
    super(wording.damaged(file, offset))
    this.offset = offset
  }
}

/** Refuses a name that is taken: an older backup must not be lost to a newer one. */
export async function refuseExisting(file: string): Promise<void> {
  if (await exists(file)) throw new WrongCall(wording.fileExists(file))
  if (await exists(`${file}.part`)) throw new WrongCall(wording.partExists(`${file}.part`))
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

/** Writes an archive that only its owner may read, under another name until it is whole and on the disk. */
export async function writeArchive(file: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const part = `${file}.part`
  const handle = await open(part, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new WrongCall(wording.cannotWrite(file, error.code ?? ''))
  })
  try {
    await pipeline(
      Readable.from(chunks),
      createGzip({ level: LEVEL }),
      handle.createWriteStream({ flush: true }),
    )
    await rename(part, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await rm(part, { force: true })
    const { code } = error as NodeJS.ErrnoException
    throw code === 'ENOSPC' || code === 'EDQUOT' ? new WrongCall(wording.noSpace(file)) : error
  }
}

/** Makes the new name survive a loss of power, where the system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** One record as it stands in an archive, and how much of the file had been taken in by then. */
export interface Record {
  kind: Kind
  bytes: Buffer
  offset: number
}

/** The records of an archive one after another; throws `DamagedArchive` where it cannot be read. */
export async function* recordsIn(file: string): AsyncGenerator<Record> {
  const gunzip = createGunzip({ chunkSize: READ_BYTES })
  const source = createReadStream(file, { highWaterMark: READ_BYTES })
  source.once('error', error => gunzip.destroy(error))
  source.pipe(gunzip)
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      const { records, used } = cut(rest, gunzip.bytesWritten)
      yield* records
      if (used < 0) throw new DamagedArchive(file, gunzip.bytesWritten)
      rest = rest.subarray(used)
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw code.startsWith('Z_') ? new DamagedArchive(file, gunzip.bytesWritten) : error
  } finally {
    source.destroy()
    if (!source.closed) await once(source, 'close')
  }
  if (rest.length > 0) throw new DamagedArchive(file, gunzip.bytesWritten)
}

/** The whole records at the beginning of `bytes` and where they end; -1 when a length is one that no record has. */
function cut(bytes: Buffer, offset: number): { records: Record[]; used: number } {
  const records: Record[] = []
  let used = 0
  while (bytes.length - used >= HEAD) {
    const length = bytes.readInt32LE(used + 1)
    if (length < HEAD || length > LARGEST) return { records, used: -1 }
    const end = used + 1 + length
    if (end > bytes.length) break
    const kind = String.fromCharCode(bytes[used] ?? 0) as Kind
    records.push({ kind, bytes: bytes.subarray(used + 1, end), offset })
    used = end
  }
  return { records, used }
}
