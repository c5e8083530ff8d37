import { ObjectId } from 'bson'
import { identical, isDocument, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { equal } from '../value/order.ts'
import { unpack } from '../value/packed.ts'
import { valueAt } from '../value/path.ts'
import { compileExpression, type Scope } from '../aggregate/expression.ts'
import { compileUpdatePipeline } from '../aggregate/update-pipeline.ts'
import { find } from '../query/find.ts'
import type { Collection } from '../storage/collection.ts'
import type { Slot } from '../storage/slot.ts'
import { Transaction } from '../storage/transaction.ts'
import { refuseView, whenFree, type Call } from './call.ts'
import { refuseInvalid } from './validate.ts'

/** Whether a pipeline ends in a stage that writes. */
export const writesOutput = (pipeline: unknown) =>
  Array.isArray(pipeline) &&
  isDocument(pipeline.at(-1)) &&
  ('$out' in pipeline.at(-1) || '$merge' in pipeline.at(-1))

/** Puts a pipeline's documents where its last stage says, all or none: the log has them in one frame. */
export async function writeOutput(call: Call, stage: Doc, docs: Doc[], scope: Scope): Promise<void> {
  if (call.transaction)
    throw new MongoError('OperationNotSupportedInTransaction', '$out and $merge cannot run in a transaction')
  const [name, argument] = Object.entries(stage)[0] as [string, unknown]
  const into: unknown = name === '$merge' && isDocument(argument) ? argument.into : argument
  const { db = call.database, coll, ...unknown } = isDocument(into) ? into : ({ coll: into } as Doc)
  const [extra] = Object.keys(unknown)
  if (extra) throw notSupported(`the ${name} option ${extra}`)
  if (typeof coll !== 'string')
    throw new MongoError('FailedToParse', `${name} needs the name of a collection`)
  const merge = name === '$merge' ? mergeOf(argument, scope) : undefined
  const { store } = call.server
  const known = store.collection(db, coll)
  if (known) refuseView(known)
  if (merge && !docs.length && !known) return
  const target = known ?? store.create(db, coll)
  const bypass: unknown = call.command.bypassDocumentValidation
  try {
    merge?.check(target)
    await whenFree(undefined, () =>
      atOnce(new Transaction(store), transaction => {
        const write = { target, transaction, bypass }
        if (!merge) replaceAll(write, docs)
        else for (const doc of docs) merge.one(write, doc)
      }),
    )
  } catch (error) {
    if (!known && !target.size) store.drop(target)
    throw error
  }
}

function atOnce(transaction: Transaction, work: (transaction: Transaction) => void): void {
  try {
    work(transaction)
    transaction.commit(undefined)
  } catch (error) {
    transaction.abort()
    throw error
  }
}

interface Write {
  target: Collection
  transaction: Transaction
  bypass: unknown
}

function insert({ target, transaction, bypass }: Write, doc: Doc): void {
  refuseInvalid(target, doc, undefined, bypass)
  target.insert(doc, transaction)
}

function replaceAll(write: Write, docs: Doc[]): void {
  const { target, transaction } = write
  for (const slot of target.slots.values()) {
    const packed = slot.visible(transaction)
    if (packed) target.replace(slot, unpack(packed), undefined, transaction)
  }
  for (const doc of docs) insert(write, doc)
}

/** What a document of the target becomes when it has the same `on` fields as a new one. */
type Match = (old: Doc, doc: Doc) => Doc

const matches: Record<string, Match> = {
  replace: (old, doc) => ({ _id: old._id, ...doc }),
  merge: (old, doc) => ({ ...old, ...doc }),
  keepExisting: old => old,
  fail: (_old, doc) => {
    throw new MongoError(
      'DuplicateKey',
      `$merge found a document with the same on fields: ${JSON.stringify(doc)}`,
    )
  },
}

const misses: Record<string, typeof insert> = {
  insert,
  discard: () => {},
  fail: () => {
    throw new MongoError(
      'MergeStageNoMatchingDocument',
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    )
  },
}

function mergeOf(argument: unknown, scope: Scope) {
  const given: Doc = isDocument(argument) ? argument : {}
  const {
    into: _into,
    on = '_id',
    whenMatched = 'merge',
    whenNotMatched = 'insert',
    let: variables,
    ...rest
  } = given
  const [extra] = Object.keys(rest)
  if (extra) throw new MongoError('FailedToParse', `BSON field '$merge.${extra}' is an unknown field.`)
  const fields: string[] = [on].flat()
  const match = Array.isArray(whenMatched) ? byPipeline(whenMatched, variables, scope) : matches[whenMatched]
  const miss = misses[whenNotMatched]
  if (!match || !miss || (variables && !Array.isArray(whenMatched)))
    throw new MongoError('BadValue', '$merge does not know this whenMatched, whenNotMatched or let')
  return {
    check: (target: Collection) => refuseAmbiguous(target, fields, scope),
    one(write: Write, given: Doc): void {
      const doc =
        fields.includes('_id') && given._id === undefined ? { _id: new ObjectId(), ...given } : given
      const [hit] = find(
        write.target,
        { filter: onFilter(fields, doc), limit: 1, collation: scope.collation },
        write.transaction,
      )
      if (hit) {
        const old = unpack(hit.packed)
        change(write, hit.slot, old, match(old, doc))
      } else miss(write, doc)
    },
  }
}

/** Refuses fields by which a document could be found twice. */
function refuseAmbiguous({ indexes }: Collection, fields: string[], { collation }: Scope): void {
  const fits = [...indexes.values()].some(
    index =>
      index.unique &&
      !index.partial &&
      index.collation === collation &&
      index.fields.length === new Set(fields).size &&
      index.fields.every(({ path }) => fields.includes(path)),
  )
  if (!fits)
    throw new MongoError('Location51183', 'Cannot find index to verify that join fields will be unique')
}

function change({ target, transaction, bypass }: Write, slot: Slot, old: Doc, doc: Doc): void {
  if (!equal(doc._id, old._id))
    throw new MongoError('ImmutableField', '$merge cannot change the _id of the document that it matches')
  if (identical(doc, old)) return
  refuseInvalid(target, doc, old, bypass)
  target.replace(slot, old, doc, transaction)
}

function onFilter(fields: string[], doc: Doc): Doc {
  return Object.fromEntries(
    fields.map(field => {
      const value = valueAt(doc, field.split('.'))
      if (value === undefined || value === null || Array.isArray(value))
        throw new MongoError(
          'Location51132',
          `$merge write error: 'on' field '${field}' cannot be missing, null, undefined or an array`,
        )
      return [field, { $eq: value }]
    }),
  )
}

function byPipeline(pipeline: Doc[], variables: Doc | undefined, scope: Scope): Match {
  const given = Object.entries(variables ?? {}).map(
    ([name, expr]) => [name, compileExpression(expr, scope)] as const,
  )
  return (old, doc) => {
    const own: Doc = { ...scope.variables, new: doc }
    for (const [name, value] of given) own[name] = value(doc) ?? null
    return compileUpdatePipeline(pipeline, { ...scope, variables: own })(old)
  }
}
