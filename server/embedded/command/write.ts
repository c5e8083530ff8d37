import { isOperators, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { unpack } from '../value/packed.ts'
import { find, type Hit } from '../query/find.ts'
import { compileFilter } from '../query/match.ts'
import { compileProjection } from '../query/project.ts'
import type { Collection } from '../storage/collection.ts'
import type { Transaction } from '../storage/transaction.ts'
import { compileUpdate, upsertBase, type Updater } from '../update/update.ts'
import { collationIn, madeCollection, whenFree, writtenCollection, type Call } from './call.ts'
import { refuseInvalid } from './validate.ts'

/** What one update did; the documents are those of the last one that it matched. */
interface Outcome {
  matched: number
  modified: number
  upserted?: Doc
  before?: Doc
  after?: Doc
}

const nothing: Outcome = { matched: 0, modified: 0 }

/** Does each write of a command, in order; a write's own error stands in the reply and ends an ordered command. */
async function eachWrite<T>(
  call: Call,
  writes: T[],
  write: (item: T, index: number) => Promise<void>,
): Promise<Doc> {
  const writeErrors: Doc[] = []
  for (const [index, item] of writes.entries()) {
    try {
      await write(item, index)
    } catch (error) {
      if (!(error instanceof MongoError) || error.details.errorLabels) throw error
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details })
      if (call.command.ordered !== false) break
    }
  }
  return writeErrors.length ? { writeErrors } : {}
}

/** Adds a document that keeps to the collection's validator. */
function insertOne(call: Call, collection: Collection, doc: Doc): Doc {
  refuseInvalid(collection, doc, undefined, call.command.bypassDocumentValidation)
  return collection.insert(doc, call.transaction)
}

async function insert(call: Call): Promise<Doc> {
  const collection = await madeCollection(call)
  let n = 0
  const errors = await eachWrite(call, call.command.documents as Doc[], async doc => {
    await whenFree(call.transaction, () => insertOne(call, collection, doc))
    n++
  })
  return { n, ...errors }
}

async function update(call: Call): Promise<Doc> {
  let n = 0
  let nModified = 0
  const upserted: Doc[] = []
  const errors = await eachWrite(call, call.command.updates as Doc[], async (spec, index) => {
    const outcome = await updateDocuments(call, spec)
    n += outcome.matched
    nModified += outcome.modified
    if (outcome.upserted) upserted.push({ index, _id: outcome.upserted._id })
  })
  return { n, nModified, ...(upserted.length ? { upserted } : {}), ...errors }
}

async function updateDocuments(call: Call, spec: Doc): Promise<Outcome> {
  const { q: filter = {}, u, arrayFilters, multi, upsert } = spec
  if (multi && !Array.isArray(u) && !isOperators(u))
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update')
  const variables = { NOW: new Date(), ...call.command.let, ...spec.c }
  const known = writtenCollection(call)
  const scope = { variables, collation: collationIn(known, spec.collation) }
  const updater = compileUpdate({ filter, update: u, arrayFilters, ...scope })
  const collection = upsert ? await madeCollection(call) : known
  if (!collection) return nothing
  const { transaction } = call
  const query = { filter, sort: spec.sort, hint: spec.hint, ...scope, limit: multi ? 0 : 1 }
  const hits = multi ? find(collection, query, transaction) : []
  const change = (hit: Hit) => updateOne(call, collection, hit, updater)
  if (hits.length) return updateEach(hits, change, compileFilter(filter, scope), transaction)
  return whenFree(transaction, () => {
    const [hit] = find(collection, query, transaction)
    if (hit) return change(hit)
    if (!upsert) return nothing
    const after = insertOne(call, collection, updater(upsertBase(filter), true))
    return { matched: 1, modified: 0, upserted: after, after }
  })
}

function updateOne(call: Call, collection: Collection, hit: Hit, updater: Updater): Outcome {
  const before = unpack(hit.packed)
  const after = updater(before, false)
  if (after === before) return { matched: 1, modified: 0, before, after }
  refuseInvalid(collection, after, before, call.command.bypassDocumentValidation)
  collection.replace(hit.slot, before, after, call.transaction)
  return { matched: 1, modified: 1, before, after }
}

/** A document that changed while another one's lock was waited for is looked at again. */
async function updateEach(
  hits: Hit[],
  change: (hit: Hit) => Outcome,
  matches: (doc: Doc) => boolean,
  transaction: Transaction | undefined,
): Promise<Outcome> {
  const total = { ...nothing }
  for (const { slot, packed: found } of hits) {
    const outcome = await whenFree(transaction, () => {
      const packed = slot.visible(transaction)
      if (!packed || (packed !== found && !matches(unpack(packed)))) return nothing
      return change({ slot, packed })
    })
    total.matched += outcome.matched
    total.modified += outcome.modified
  }
  return total
}

async function remove(call: Call): Promise<Doc> {
  const collection = writtenCollection(call)
  let n = 0
  const errors = await eachWrite(call, collection ? (call.command.deletes as Doc[]) : [], async spec => {
    const query = {
      filter: spec.q,
      hint: spec.hint,
      variables: call.command.let,
      collation: collationIn(collection, spec.collation),
      limit: toNumber(spec.limit ?? 0),
    }
    if (query.limit)
      n += Number(Boolean(await removeFirst(collection as Collection, query, call.transaction)))
    else n += await removeAll(collection as Collection, query, call.transaction)
  })
  return { n, ...errors }
}

type DeleteQuery = Parameters<typeof find>[1]

const removeFirst = (collection: Collection, query: DeleteQuery, transaction: Transaction | undefined) =>
  whenFree(transaction, () => {
    const [hit] = find(collection, { ...query, limit: 1 }, transaction)
    if (!hit) return undefined
    const gone = unpack(hit.packed)
    collection.replace(hit.slot, gone, undefined, transaction)
    return gone
  })

/** Deletes all that match; answers how many. */
export async function removeAll(
  collection: Collection,
  query: DeleteQuery,
  transaction: Transaction | undefined,
): Promise<number> {
  const matches = compileFilter(query.filter, query)
  let n = 0
  for (const { slot, packed: found } of find(collection, query, transaction))
    await whenFree(transaction, () => {
      const packed = slot.visible(transaction)
      if (!packed) return
      const gone = unpack(packed)
      if (packed !== found && !matches(gone)) return
      collection.replace(slot, gone, undefined, transaction)
      n++
    })
  return n
}

async function findAndModify(call: Call): Promise<Doc> {
  const { command, transaction } = call
  const { query = {}, sort, fields, hint, let: variables } = command
  const collection = writtenCollection(call)
  const scope = { variables, collation: collationIn(collection, command.collation) }
  const show =
    fields && Object.keys(fields).length ? compileProjection(fields, query, scope) : (doc: Doc) => doc
  if (command.remove) {
    const gone =
      collection && (await removeFirst(collection, { filter: query, sort, hint, ...scope }, transaction))
    return { lastErrorObject: { n: gone ? 1 : 0 }, value: gone ? show(gone) : null }
  }
  const { upsert, arrayFilters } = command
  const outcome = await updateDocuments(call, {
    q: query,
    u: command.update,
    sort,
    hint,
    upsert,
    arrayFilters,
    collation: command.collation,
  })
  const value = command.new ? outcome.after : outcome.before
  const { upserted } = outcome
  return {
    lastErrorObject: {
      n: outcome.matched,
      updatedExisting: outcome.matched > 0 && !upserted,
      ...(upserted ? { upserted: upserted._id } : {}),
    },
    value: value ? show(value) : null,
  }
}

/** The commands that write documents. */
export const writeCommands = { insert, update, delete: remove, findAndModify, findandmodify: findAndModify }
