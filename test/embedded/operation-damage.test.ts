import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { BSON } from 'mongodb'
import { DamagedArchive } from '../../server/cli/transfer/archive.ts'
import { checkArchive } from '../../server/cli/transfer/check.ts'
import { recordOf } from '../../server/cli/transfer/record.ts'
import { failureOf } from './support.ts'
import { silent, transferBetweenEngines } from './transfer.ts'

const { source, aDatabase, aFile, archived } = transferBetweenEngines()

describe('an archive that is not whole is refused', () => {
  const sound = async () => {
    const { place, db } = await aDatabase(source)
    const docs = Array.from({ length: 300 }, (_, n) => ({ n, text: Math.sin(n).toString(36) }))
    await db.collection('one').insertMany(docs)
    await db.collection('two').insertMany(docs)
    return archived(place)
  }

  test('when it is cut anywhere', async () => {
    const whole = await sound()
    const { size } = statSync(whole)
    const file = aFile()
    for (const length of [2, 20, Math.floor(size / 2), size - 9, size - 1]) {
      copyFileSync(whole, file)
      truncateSync(file, length)
      const error = await failureOf(checkArchive(file, silent))
      expect(error).toBeInstanceOf(DamagedArchive)
      expect(error.offset).toBeLessThanOrEqual(length)
    }
  })

  test('when any byte of its contents has changed', async () => {
    const bytes = readFileSync(await sound())
    const contents = gunzipSync(bytes)
    const file = aFile()
    // Byte 3 to 9 of a gzip file are flags, time and system: they hold nothing of the archive.
    const places = fc.integer({ min: 10, max: bytes.length - 1 })
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const changed = Buffer.from(bytes)
        changed[place] = (changed[place] ?? 0) ^ change
        if (contentsOf(changed)?.equals(contents)) return
        writeFileSync(file, changed)
        expect((await failureOf(checkArchive(file, silent))).constructor.name).toMatch(
          /DamagedArchive|WrongCall/,
        )
      }),
      { numRuns: 100 },
    )
  })

  test('when a document, a collection or the end is missing from a sound gzip', async () => {
    const bytes = gunzipSync(readFileSync(await sound()))
    const file = aFile()
    const records = recordsOf(bytes)
    const without = (gone: (kind: string, n: number) => boolean) =>
      gzipSync(Buffer.concat(records.filter((record, n) => !gone(String.fromCharCode(record[0] ?? 0), n))))
    for (const archive of [
      without(kind => kind === 'E'),
      without((kind, n) => kind === 'D' && n === 5),
      without((_, n) => n > 0 && n < 303),
      Buffer.concat([gzipSync(bytes), gzipSync(recordOf('E', { collections: 2, documents: 600 }))]),
    ]) {
      writeFileSync(file, archive)
      expect(await failureOf(checkArchive(file, silent))).toBeInstanceOf(DamagedArchive)
    }
  })

  test.each([
    ['text', Buffer.from('这不是备份'), '不是日知的备份文件'],
    ['another gzip', gzipSync(BSON.serialize({ a: 1 })), '不完整或已损坏'],
    ['nothing', Buffer.alloc(0), '不是日知的备份文件'],
    [
      'the form of a later version',
      gzipSync(recordOf('H', { format: 'rizhi-backup', version: 2, product: '9.0.0' })),
      '请先升级',
    ],
  ])('when it is %s', async (_, bytes, sentence) => {
    const file = aFile()
    writeFileSync(file, bytes)
    expect((await failureOf(checkArchive(file, silent))).message).toContain(sentence)
  })
})

/** What a gzip file holds, if it can be read: some of its bits decide nothing. */
function contentsOf(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes)
  } catch {
    return undefined
  }
}

function recordsOf(bytes: Buffer): Buffer[] {
  const records: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + bytes.readInt32LE(at + 1)
    records.push(bytes.subarray(at, end))
    at = end
  }
  return records
}
