import { BSON } from 'bson'
import type { mongo } from 'mongoose'
import { WrongCall } from '../command.ts'
import { atOneMoment, documentsIn } from './moment.ts'
import type { Place } from './place.ts'
import { ARCHIVE_VERSION, type Described, type Header, recordOf } from './record.ts'
import { Tally } from './tally.ts'
import { isComing } from './temporary.ts'
import { wording } from './wording.ts'

const CHUNK_BYTES = 256 * 1024
const DOCUMENT = Buffer.from('D')

/** What a dump is told and tells. */
export interface Dump {
  product: string
  now: Date
  onProgress: (done: number, of: number | undefined) => void
}

/** A database's collections and their indexes, by name. Views and the like are refused: the product has none. */
export async function describe({ db }: Place): Promise<Described[]> {
  const found = await db.listCollections({}, { promoteValues: false }).toArray()
  const own = found.filter(({ name }) => !name.startsWith('system.') && !isComing(name))
  const odd = own.find(({ type }) => type !== 'collection')
  if (odd) throw new WrongCall(wording.oddCollection(odd.name, odd.type ?? ''))
  const described = own.map(async collection => {
    const { name, options = {} } = collection as mongo.CollectionInfo
    const indexes = await db.collection(name).listIndexes({ promoteValues: false }).toArray()
    return { name, options, indexes: indexes.filter(index => index.name !== '_id_') }
  })
  return (await Promise.all(described)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The bytes of an archive of one moment. What a snapshot does not cover, names and indexes, is read before and
 * compared after.
 */
export async function* dump(place: Place, { product, now, onProgress }: Dump): AsyncGenerator<Buffer> {
  const described = await describe(place)
  const { databaseName: database } = place.db
  const header: Header = { format: 'rizhi-backup', version: ARCHIVE_VERSION, product, database, at: now }
  yield recordOf('H', header)
  const of = await estimate(place, described)
  let documents = 0
  yield* atOneMoment(place, async function* (read) {
    for (const one of described) {
      const tally = new Tally()
      yield recordOf('C', one)
      for await (const chunk of recordsOf(read(one.name), tally)) {
        yield chunk
        onProgress(documents + tally.count, of)
      }
      yield recordOf('S', { count: tally.count, checksum: tally.checksum })
      documents += tally.count
    }
  })
  if (!same(described, await describe(place))) throw new WrongCall(wording.changedMeanwhile)
  yield recordOf('E', { collections: described.length, documents })
}

async function estimate({ db }: Place, described: Described[]): Promise<number> {
  const counts = await Promise.all(described.map(({ name }) => db.collection(name).estimatedDocumentCount()))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Documents as records, gathered into chunks; what has been read is added to the tally. */
async function* recordsOf(documents: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = []
  let size = 0
  for await (const bytes of documents) {
    tally.add(bytes)
    gathered.push(DOCUMENT, bytes)
    size += bytes.length
    if (size < CHUNK_BYTES) continue
    yield Buffer.concat(gathered)
    gathered = []
    size = 0
  }
  if (gathered.length > 0) yield Buffer.concat(gathered)
}

const same = (before: Described[], after: Described[]): boolean =>
  Buffer.compare(BSON.serialize({ list: before }), BSON.serialize({ list: after })) === 0

/** Counts a collection as it is now. */
export async function tallyOf(
  place: Place,
  name: string,
  onProgress: (count: number) => void,
): Promise<Tally> {
  const tally = new Tally()
  for await (const bytes of documentsIn(place, name)) {
    tally.add(bytes)
    onProgress(tally.count)
  }
  return tally
}
