import type { Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import type { Collection } from '../storage/collection.ts'
import type { IndexSpec } from '../storage/index.ts'
import { compileFilter } from '../query/match.ts'
import { splitNamespace } from '../storage/store.ts'
import {
  collationIn,
  collectionOf,
  existing,
  madeCollection,
  refuseView,
  whenUnwritten,
  writtenCollection,
  type Call,
} from './call.ts'
import { optionsOf, refuseCircle } from './collection-options.ts'

const indexOptions = [
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'collation',
  'hidden',
]

function create(call: Call): Doc {
  const { command, database, transaction } = call
  const { store } = call.server
  const options = optionsOf(command)
  const there = collectionOf(call)
  if (there) throw new MongoError('NamespaceExists', `Collection ${there.namespace} already exists.`)
  if (options.viewOn !== undefined) refuseCircle(store, database, command.create, options)
  store.create(database, command.create, { options, transaction })
  return {}
}

async function collMod(call: Call): Promise<Doc> {
  const collection = existing(call)
  const { command, server, database } = call
  await whenUnwritten(collection, call.transaction)
  if (command.index) return modifyIndex(call, collection, command.index)
  const { viewOn, pipeline, validator, validationLevel, validationAction } = command
  const given = { viewOn, pipeline, validator, validationLevel, validationAction }
  const options = { ...collection.options, ...optionsOf(given) }
  if (validator && !Object.keys(validator).length) delete options.validator
  if ((viewOn === undefined) !== (collection.options.viewOn === undefined))
    throw new MongoError('InvalidOptions', 'a view has a source and a pipeline, a collection has not')
  if (viewOn !== undefined) refuseCircle(server.store, database, collection.name, options)
  server.store.modify(collection, options)
  return {}
}

function modifyIndex({ server }: Call, collection: Collection, given: Doc): Doc {
  const [name] = namesToDrop(collection, given.name ?? given.keyPattern) as [string]
  const index = collection.indexes.get(name)
  if (!index)
    throw new MongoError('IndexNotFound', `cannot find index ${name} for ns ${collection.namespace}`)
  const { name: _name, keyPattern: _pattern, ...changes } = given
  const unknown = Object.keys(changes).find(option => !['expireAfterSeconds', 'hidden'].includes(option))
  if (unknown) throw notSupported(`changing the index option ${unknown}`)
  if (name === '_id_') throw new MongoError('BadValue', 'the _id index stays as it is')
  const reply: Doc = {}
  for (const option of Object.keys(changes)) {
    reply[`${option}_old`] = index.spec[option] ?? (option === 'hidden' ? false : undefined)
    reply[`${option}_new`] = changes[option]
  }
  server.store.modifyIndex(collection, { ...index.spec, ...changes })
  return reply
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
  refuseView(collection)
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
  const known = writtenCollection(call)
  const collection = known ?? (await madeCollection(call))
  const before = collection.indexes.size
  for (const given of call.command.indexes as Doc[]) {
    const spec = specOf(given, collection)
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

function specOf(given: Doc, collection: Collection): IndexSpec {
  const unknown = Object.keys(given).find(option => !indexOptions.includes(option))
  if (unknown) throw notSupported(`the index option ${unknown}`)
  const { background: _ignored, collation: asked, hidden, ...spec } = given
  const name = Object.entries(spec.key).flat().join('_')
  const collation = collationIn(collection, asked)?.spec
  return {
    v: 2,
    name,
    ...spec,
    ...(hidden ? { hidden } : {}),
    ...(collation ? { collation } : {}),
  } as Doc as IndexSpec
}

/** Whether the index is there already; one that is there with other options is an error. */
function isThere(collection: Collection, spec: IndexSpec): boolean {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  const kinds = ({ unique, sparse }: Doc) => [Boolean(unique), Boolean(sparse)]
  for (const { spec: old } of collection.indexes.values()) {
    const sameKeys =
      same(old.key, spec.key) &&
      same(old.partialFilterExpression, spec.partialFilterExpression) &&
      same(old.collation, spec.collation)
    if (old.name !== spec.name && !sameKeys) continue
    if (old.name === '_id_' && sameKeys) return true
    if (!sameKeys || (old.name === spec.name && !same(kinds(old), kinds(spec))))
      throw new MongoError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(old)}`,
      )
    if (!same(old.expireAfterSeconds, spec.expireAfterSeconds))
      throw new MongoError(
        'IndexOptionsConflict',
        `An equivalent index already exists with the same name but different options: ${old.name}`,
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
  refuseView(collection)
  const specs = [...collection.indexes.values()].map(index => index.spec)
  return call.server.cursors.first(collection.namespace, specs, { size: call.command.cursor?.batchSize })
}

function listCollections({ server, command, database }: Call): Doc {
  const matches = compileFilter(command.filter)
  const described = [...server.store.collections.values()]
    .filter(collection => collection.database === database && !collection.madeIn)
    .map(({ name, uuid, options, indexes }) => {
      const isView = options.viewOn !== undefined
      const info = { readOnly: isView, ...(isView ? {} : { uuid }) }
      const own = isView ? {} : { idIndex: indexes.get('_id_')?.spec }
      return { name, type: isView ? 'view' : 'collection', options, info, ...own }
    })
    .filter(matches)
  return server.cursors.first(`${database}.$cmd.listCollections`, described, {
    size: command.cursor?.batchSize,
  })
}

/** The commands on collections and indexes. */
export const schemaCommands = {
  create,
  collMod,
  drop,
  dropDatabase,
  renameCollection,
  createIndexes,
  dropIndexes,
  listIndexes,
  listCollections,
}
