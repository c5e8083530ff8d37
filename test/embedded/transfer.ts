import { afterAll } from '@jest/globals'
import { join } from 'node:path'
import type { Db } from 'mongodb'
import { writeArchive } from '../../server/cli/transfer/archive.ts'
import { checkArchive } from '../../server/cli/transfer/check.ts'
import { openPlace, type Place } from '../../server/cli/transfer/place.ts'
import { dump } from '../../server/cli/transfer/source.ts'
import { load } from '../../server/cli/transfer/target.ts'
import { engineInMemory, temporaryFolder } from './support.ts'

/** For work whose progress nobody looks at. */
export const silent = () => {}

/** Two engines for one file's tests, and what is done between them. */
export function transferBetweenEngines() {
  const source = engineInMemory()
  const target = engineInMemory()
  const folder = temporaryFolder()
  const opened: Place[] = []
  let names = 0
  afterAll(() => Promise.all(opened.map(place => place.close())))

  /** A database of its own on an engine, as the commands see it and as a test does. */
  async function aDatabase(on: typeof source): Promise<{ place: Place; db: Db }> {
    const name = `transfer${names++}`
    const place = await openPlace(on.engine.uri.replace('/?', `/${name}?`))
    opened.push(place)
    return { place, db: on.client.db(name) }
  }
  const aFile = () => join(folder, `archive${names++}`)
  async function archived(place: Place): Promise<string> {
    const file = aFile()
    const now = new Date('2026-11-24T01:00:00Z')
    await writeArchive(file, dump(place, { product: '0.1.0', now, onProgress: silent }))
    return file
  }
  return { source, target, aDatabase, aFile, archived }
}

/** Checks an archive and puts it in the place of what a database holds. */
export async function restored(file: string, place: Place): Promise<void> {
  const contents = await checkArchive(file, silent)
  await load({ file, contents, place, onProgress: silent })
}

/** Everything a database holds, byte for byte. */
export async function everything(db: Db): Promise<unknown> {
  const collections = (await db.listCollections().toArray()).map(({ name }) => name).sort()
  return Promise.all(
    collections.map(async name => ({
      name,
      indexes: (await db.collection(name).listIndexes().toArray()).map(({ v: _v, ...index }) => index),
      documents: (await db.collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray()).map(bytes =>
        Buffer.from(bytes as unknown as Uint8Array).toString('hex'),
      ),
    })),
  )
}
