import { type Document } from 'bson'
import type { mongo } from 'mongoose'
import { WrongCall } from '../command.ts'
import { recordsIn } from './archive.ts'
import type { Contents } from './check.ts'
import type { Place } from './place.ts'
import { type Described, exactly } from './record.ts'
import { tallyOf } from './source.ts'
import { switchOver } from './switch.ts'
import { isComing, isTemporary, temporaryNames } from './temporary.ts'
import { wording } from './wording.ts'

const BATCH_DOCUMENTS = 2_000
const BATCH_BYTES = 8 * 1024 * 1024

/** A checked archive and where it goes. */
export interface Load {
  file: string
  contents: Contents
  place: Place
  onProgress: (done: number, of: number | undefined) => void
}

type Names = (name: string) => string

/** Whether a database holds no document; empty collections count for nothing. */
export async function isEmpty({ db }: Place): Promise<boolean> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)
  const own = names.filter(name => !isComing(name) && !name.startsWith('system.'))
  const first = await Promise.all(
    own.map(name => db.collection(name).findOne({}, { projection: { _id: 1 } })),
  )
  return first.every(document => document === null)
}

/**
 * Puts an archive in the place of what a database holds: written beside it, compared with the archive, then renamed.
 * Whatever goes wrong before, what was there is untouched and what was written is removed.
 */
export async function load(call: Load): Promise<void> {
  const { contents, place } = call
  const names = temporaryNames()
  const own = contents.collections.map(({ name }) => name)
  try {
    await write(call, names.coming)
    await compare(call, names.coming)
    await switchOver(place.db, own, names)
  } catch (error) {
    await removeWhere(place.db, name => own.some(one => names.coming(one) === name)).catch(() => undefined)
    throw error
  }
  await removeWhere(place.db, isTemporary)
}

/** Indexes that make documents expire come last of all: a server removes what has expired as soon as it may. */
async function compare({ contents, place, onProgress }: Load, nameOf: Names): Promise<void> {
  const { db } = place
  const { collections, documents } = contents
  let before = 0
  for (const one of collections) {
    const name = nameOf(one.name)
    await createIndexes(db, name, one, isLasting)
    const { count, checksum } = await tallyOf(place, name, done => onProgress(before + done, documents))
    if (count !== one.count || checksum !== one.checksum) {
      throw new WrongCall(wording.different(one.name, one.count, count))
    }
    before += count
  }
  for (const one of collections) await createIndexes(db, nameOf(one.name), one, index => !isLasting(index))
}

const isLasting = (index: Document): boolean => index.expireAfterSeconds === undefined

async function write({ file, contents, place, onProgress }: Load, nameOf: Names): Promise<void> {
  const { collections, documents } = contents
  let done = 0
  let next = 0
  let collection: mongo.Collection | undefined
  let batch: Document[] = []
  let size = 0
  const flush = async () => {
    if (batch.length > 0) await collection?.insertMany(batch, { ordered: true })
    onProgress((done += batch.length), documents)
    batch = []
    size = 0
  }
  for await (const { kind, bytes } of recordsIn(file)) {
    if (kind === 'D') {
      batch.push(exactly(bytes))
      size += bytes.length
    }
    if (kind === 'S' || batch.length >= BATCH_DOCUMENTS || size >= BATCH_BYTES) await flush()
    if (kind === 'C') {
      const { name, options } = collections[next++] as Described
      collection = await place.db.createCollection(nameOf(name), options)
    }
  }
}

async function createIndexes(
  db: mongo.Db,
  name: string,
  { name: told, indexes }: Described,
  which: (index: Document) => boolean,
): Promise<void> {
  const wanted = indexes.filter(which).map(({ ns: _old, ...spec }) => spec)
  if (wanted.length === 0) return
  try {
    await db.command({ createIndexes: name, indexes: wanted })
  } catch (error) {
    // What a unique index says of a duplicate holds somebody's values.
    const reason = (error as Error).message.replace(/dup key:.*/s, 'dup key')
    throw new WrongCall(wording.noIndex(told, reason))
  }
}

async function removeWhere(db: mongo.Db, unwanted: (name: string) => boolean): Promise<void> {
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (unwanted(name)) await db.collection(name).drop()
  }
}
