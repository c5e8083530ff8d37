import { isDocument, isOperators, type Doc } from '../value/document.ts'
import { checkTime } from '../value/deadline.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { unpack } from '../value/packed.ts'
import { find, type Hit } from '../query/find.ts'
import { compileFilter } from '../query/match.ts'
import { compileProjection } from '../query/project.ts'
import type { Collection } from '../storage/collection.ts'
import { compileUpdate, type Updater } from '../update/update.ts'
import { upsertBase } from '../update/upsert.ts'
import {
  collationIn,
  letOf,
  madeCollection,
  whenFree,
  writtenCollection,
  type Call,
  type Waiter,
} from './call.ts'
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
  if (!writes.length)
    throw new MongoError('InvalidLength', 'Write batch sizes must be between 1 and 100000. Got 0 operations.')
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
  refuseInvalid(call, collection, doc)
  return collection.insert(doc, call.transaction)
}

async function insert(call: Call): Promise<Doc> {
  const collection = await madeCollection(call)
  let n = 0
  const errors = await eachWrite(call, call.command.documents as Doc[], async doc => {
    await whenFree(call, () => insertOne(call, collection, doc))
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
  if (!Array.isArray(u) && !isDocument(u))
    throw new MongoError('FailedToParse', 'Update argument must be either an object or an array')
  if (multi && !Array.isArray(u) && !isOperators(u))
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update')
  const variables = { NOW: new Date(), ...letOf(call.command), ...spec.c }
  const known = writtenCollection(call)
  const scope = { variables, collation: collationIn(known, spec.collation) }
  const updater = compileUpdate({ filter, update: u, arrayFilters, ...scope })
  const collection = upsert ? await madeCollection(call) : known
  if (!collection) return nothing
  const { transaction } = call
  const query = { filter, sort: spec.sort, hint: spec.hint, ...scope, limit: multi ? 0 : 1 }
  const hits = multi ? find(collection, query, transaction) : []
  const change = (hit: Hit) => updateOne(call, collection, hit, updater)
  if (hits.length) return updateEach(hits, change, compileFilter(filter, scope), call)
  return whenFree(call, () => {
    const [hit] = find(collection, query, transaction)
    if (hit) return change(hit)
    if (!upsert) return nothing
    const after = insertOne(call, collection, updater(upsertBase(filter, u), true))
    return { matched: 1, modified: 0, upserted: after, after }
  })
}

function updateOne(call: Call, collection: Collection, hit: Hit, updater: Updater): Outcome {
  const before = unpack(hit.packed)
  const after = updater(before, false)
  if (after === before) return { matched: 1, modified: 0, before, after }
  refuseInvalid(call, collection, after, before)
  collection.replace(hit.slot, before, after, call.transaction)
  return { matched: 1, modified: 1, before, after }
}

/** A document that changed while another one's lock was waited for is looked at again. */
async function updateEach(
  hits: Hit[],
  change: (hit: Hit) => Outcome,
  matches: (doc: Doc) => boolean,
  waiter: Waiter,
): Promise<Outcome> {
  const total = { ...nothing }
  for (const { slot, packed: found } of hits) {
    checkTime(waiter.deadline)
    const outcome = await whenFree(waiter, () => {
      const packed = slot.visible(waiter.transaction)
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
  const errors = await eachWrite(call, call.command.deletes as Doc[], async spec => {
    const query = {
      filter: spec.q,
      hint: spec.hint,
      variables: letOf(call.command),
      collation: collationIn(collection, spec.collation),
      limit: toNumber(spec.limit ?? 0),
    }
    if (query.limit !== 0 && query.limit !== 1)
      throw new MongoError(
        'FailedToParse',
        `The limit field in delete objects must be 0 or 1. Got ${query.limit}`,
      )
    if (query.limit) n += Number(Boolean(await removeFirst(collection as Collection, query, call)))
    else n += await removeAll(collection as Collection, query, call)
  })
  return { n, ...errors }
}

type DeleteQuery = Parameters<typeof find>[1]

const removeFirst = (collection: Collection, query: DeleteQuery, waiter: Waiter) =>
  whenFree(waiter, () => {
    const { transaction } = waiter
    const [hit] = find(collection, { ...query, limit: 1 }, transaction)
    if (!hit) return undefined
    const gone = unpack(hit.packed)
    collection.replace(hit.slot, gone, undefined, transaction)
    return gone
  })

/** Deletes all that match; answers how many. */
export async function removeAll(collection: Collection, query: DeleteQuery, waiter: Waiter): Promise<number> {
  const { transaction, deadline } = waiter
  const matches = compileFilter(query.filter, query)
  let n = 0
  for (const { slot, packed: found } of find(collection, query, transaction)) {
    checkTime(deadline)
    await whenFree(waiter, () => {
      const packed = slot.visible(transaction)
      if (!packed) return
      const gone = unpack(packed)
      if (packed !== found && !matches(gone)) return
      collection.replace(slot, gone, undefined, transaction)
      n++
    })
  }
  return n
}

/** Refuses a `findAndModify` that says neither or both of the things that it can do. */
function refuseUnclear({ remove, update, upsert, new: after }: Doc): void {
  const fault =
    !remove && !update
      ? 'Either an update or remove=true must be specified'
      : remove && update
        ? 'Cannot specify both an update and remove=true'
        : remove && upsert
          ? 'Cannot specify both upsert=true and remove=true'
          : remove && after
            ? "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document"
            : undefined
  if (fault) throw new MongoError('FailedToParse', fault)
}

async function findAndModify(call: Call): Promise<Doc> {
  const { command } = call
  const { query = {}, sort, fields, hint } = command
  refuseUnclear(command)
  const collection = writtenCollection(call)
  const scope = { variables: letOf(command), collation: collationIn(collection, command.collation) }
  const show =
    fields && Object.keys(fields).length ? compileProjection(fields, query, scope) : (doc: Doc) => doc
  if (command.remove) {
    const gone = collection && (await removeFirst(collection, { filter: query, sort, hint, ...scope }, call))
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
