import type { Doc } from '../value/document.ts'
import type { Collection } from '../storage/collection.ts'
import type { Index } from '../storage/index.ts'
import { collectionOf, existing, refuseView, type Call } from './call.ts'

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

/** An entry is its key and a reference. */
function indexBytes({ entries }: Index): number {
  let bytes = 0
  for (const key of entries.keys()) bytes += key.length + 8
  return bytes
}

function sizesOf(collection: Collection | undefined) {
  const indexes = [...(collection?.indexes.values() ?? [])]
  const indexSizes = Object.fromEntries(indexes.map(index => [index.name, indexBytes(index)]))
  return {
    count: collection?.size ?? 0,
    size: collection?.bytes ?? 0,
    indexSizes,
    totalIndexSize: sum(Object.values(indexSizes)),
  }
}

function collStats(call: Call): Doc {
  const collection = collectionOf(call)
  if (collection) refuseView(collection)
  const scale = Number(call.command.scale ?? 1)
  const { count, size, indexSizes, totalIndexSize } = sizesOf(collection)
  const { capped = false, size: maxSize, max } = collection?.options ?? {}
  return {
    ns: `${call.database}.${call.command.collStats}`,
    count,
    size: Math.floor(size / scale),
    storageSize: Math.floor(size / scale),
    ...(count ? { avgObjSize: Math.floor(size / count) } : {}),
    nindexes: collection?.indexes.size ?? 0,
    indexSizes: Object.fromEntries(
      Object.entries(indexSizes).map(([name, bytes]) => [name, Math.floor(bytes / scale)]),
    ),
    totalIndexSize: Math.floor(totalIndexSize / scale),
    totalSize: Math.floor((size + totalIndexSize) / scale),
    capped,
    ...(capped ? { maxSize, max: max ?? 0 } : {}),
    scaleFactor: scale,
  }
}

function dbStats({ server, command, database }: Call): Doc {
  const all = [...server.store.collections.values()].filter(collection => collection.database === database)
  const own = all.filter(({ options }) => options.viewOn === undefined)
  const sizes = own.map(sizesOf)
  const scale = Number(command.scale ?? 1)
  const objects = sum(sizes.map(({ count }) => count))
  const dataSize = sum(sizes.map(({ size }) => size))
  const indexSize = sum(sizes.map(({ totalIndexSize }) => totalIndexSize))
  return {
    db: database,
    collections: own.length,
    views: all.length - own.length,
    objects,
    avgObjSize: objects ? dataSize / objects : 0,
    dataSize: dataSize / scale,
    storageSize: dataSize / scale,
    indexes: sum(own.map(({ indexes }) => indexes.size)),
    indexSize: indexSize / scale,
    totalSize: (dataSize + indexSize) / scale,
    scaleFactor: scale,
  }
}

/** Whether every index holds the keys of every document, and no more than the documents that somebody may see have. */
function validate(call: Call): Doc {
  const collection = existing(call)
  refuseView(collection)
  const errors: string[] = []
  const keysPerIndex: Doc = {}
  for (const index of collection.indexes.values()) {
    const expected = new Set<string>()
    for (const slot of collection.slots.values())
      for (const packed of slot.live())
        for (const key of index.keysOf(packed)) expected.add(index.entry(key, slot))
    const held = [...index.entries.keys()]
    if (held.length !== expected.size || !held.every(entry => expected.has(entry)))
      errors.push(`index ${index.name} does not fit the documents`)
    keysPerIndex[index.name] = held.length
  }
  const valid = !errors.length
  const nrecords = collection.size
  const nIndexes = collection.indexes.size
  return {
    ns: collection.namespace,
    nInvalidDocuments: 0,
    nrecords,
    nIndexes,
    keysPerIndex,
    valid,
    errors,
    warnings: [],
  }
}

/** The commands that look at collections from outside. */
export const statsCommands = { collStats, collstats: collStats, dbStats, dbstats: dbStats, validate }
