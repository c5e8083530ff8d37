import type { Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import type { Collection } from '../storage/collection.ts'
import type { IndexSpec } from '../storage/index.ts'
import { compileFilter } from '../query/match.ts'
import { splitNamespace } from '../storage/store.ts'
import { collectionOf, madeCollection, whenUnwritten, type Call } from './call.ts'

const indexOptions = [
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
]

function existing(call: Call): Collection {
  const collection = collectionOf(call)
  if (collection) return collection
  const [name] = Object.values(call.command)
  throw new MongoError('NamespaceNotFound', `ns does not exist: ${call.database}.${String(name)}`)
}

function create(call: Call): Doc {
  const { server, command, database, transaction } = call
  if (collectionOf(call))
    throw new MongoError('NamespaceExists', `Collection ${database}.${command.create} already exists.`)
  server.store.create(database, command.create, transaction)
  return {}
}

async function drop(call: Call): Promise<Doc> {
  const collection = collectionOf(call)
  if (!collection) return {}
  await whenUnwritten(collection, call.transaction)
  call.server.store.drop(collection)
  return { ns: collection.namespace, nIndexesWas: collection.indexes.size }
}

async function dropDatabase({ server, database, transaction }: Call): Promise<Doc> {
  for (const collection of [...server.store.collections.values()]) {
    if (collection.database !== database) continue
    await whenUnwritten(collection, transaction)
    server.store.drop(collection)
  }
  return { dropped: database }
}

async function renameCollection({ server, command, transaction }: Call): Promise<Doc> {
  const { store } = server
  const collection = store.collection(...splitNamespace(command.renameCollection))
  if (!collection)
    throw new MongoError('NamespaceNotFound', `Source collection ${command.renameCollection} does not exist`)
  const to = splitNamespace(command.to)
  const target = store.collection(...to)
  if (target && (!command.dropTarget || target === collection))
    throw new MongoError('NamespaceExists', 'target namespace exists')
  if (target) await whenUnwritten(target, transaction)
  await whenUnwritten(collection, transaction)
  store.rename(collection, ...to)
  return {}
}

async function createIndexes(call: Call): Promise<Doc> {
  const known = collectionOf(call)
  const collection = known ?? (await madeCollection(call))
  const before = collection.indexes.size
  for (const given of call.command.indexes as Doc[]) {
    const spec = specOf(given)
    if (isThere(collection, spec)) continue
    await whenUnwritten(collection, call.transaction)
    call.server.store.createIndex(collection, spec)
  }
  return {
    numIndexesBefore: before,
    numIndexesAfter: collection.indexes.size,
    createdCollectionAutomatically: !known,
  }
}

function specOf(given: Doc): IndexSpec {
  const unknown = Object.keys(given).find(option => !indexOptions.includes(option))
  if (unknown) throw notSupported(`the index option ${unknown}`)
  const { background: _ignored, ...spec } = given
  const name = Object.entries(spec.key).flat().join('_')
  return { v: 2, name, ...spec } as Doc as IndexSpec
}

/** Whether the index is there already; one that is there with other options is an error. */
function isThere(collection: Collection, spec: IndexSpec): boolean {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  const options = ({ unique, sparse, expireAfterSeconds }: Doc) => [
    Boolean(unique),
    Boolean(sparse),
    expireAfterSeconds ?? null,
  ]
  for (const { spec: old } of collection.indexes.values()) {
    const sameKeys =
      same(old.key, spec.key) && same(old.partialFilterExpression, spec.partialFilterExpression)
    if (old.name !== spec.name && !sameKeys) continue
    if (old.name === '_id_' && sameKeys) return true
    if (!sameKeys || (old.name === spec.name && !same(options(old), options(spec))))
      throw new MongoError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(old)}`,
      )
    if (old.name !== spec.name)
      throw new MongoError('IndexOptionsConflict', `Index already exists with a different name: ${old.name}`)
    return true
  }
  return false
}

async function dropIndexes(call: Call): Promise<Doc> {
  const collection = existing(call)
  const nIndexesWas = collection.indexes.size
  for (const name of namesToDrop(collection, call.command.index)) {
    if (name === '_id_') throw new MongoError('InvalidOptions', 'cannot drop _id index')
    if (!collection.indexes.has(name))
      throw new MongoError('IndexNotFound', `index not found with name [${name}]`)
    await whenUnwritten(collection, call.transaction)
    call.server.store.dropIndex(collection, name)
  }
  return { nIndexesWas }
}

function namesToDrop(collection: Collection, wanted: unknown): string[] {
  const indexes = [...collection.indexes.values()]
  if (wanted === '*') return indexes.map(index => index.name).filter(name => name !== '_id_')
  return [wanted].flat().map(one => {
    if (typeof one === 'string') return one
    const key = JSON.stringify(one)
    return indexes.find(index => JSON.stringify(index.spec.key) === key)?.name ?? key
  })
}

function listIndexes(call: Call): Doc {
  const collection = existing(call)
  const specs = [...collection.indexes.values()].map(index => index.spec)
  return call.server.cursors.first(collection.namespace, specs, { size: call.command.cursor?.batchSize })
}

function listCollections({ server, command, database }: Call): Doc {
  const matches = compileFilter(command.filter)
  const described = [...server.store.collections.values()]
    .filter(collection => collection.database === database && !collection.madeIn)
    .map(({ name, uuid }) => ({
      name,
      type: 'collection',
      options: {},
      info: { readOnly: false, uuid },
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    }))
    .filter(matches)
  return server.cursors.first(`${database}.$cmd.listCollections`, described, {
    size: command.cursor?.batchSize,
  })
}

/** The commands on collections and indexes. */
export const schemaCommands = {
  create,
  drop,
  dropDatabase,
  renameCollection,
  createIndexes,
  dropIndexes,
  listIndexes,
  listCollections,
}
