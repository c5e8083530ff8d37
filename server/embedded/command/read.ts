import { Long } from 'bson'
import { isDocument, type Doc } from '../value/document.ts'
import { foldFor } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { unpack } from '../value/packed.ts'
import { emptyArray, indexed, valueAt } from '../value/path.ts'
import { aggregate, runStages } from '../aggregate/pipeline.ts'
import { projectionFields, type Fields } from '../query/fields.ts'
import { Effort, find, type Hit, type Query } from '../query/find.ts'
import type { Plan } from '../query/plan.ts'
import { compileProjection } from '../query/project.ts'
import type { Collection } from '../storage/collection.ts'
import { collationIn, collectionOf, type Call } from './call.ts'
import type { Found } from './cursor.ts'
import { explain } from './explain.ts'
import { toldBy } from './told.ts'
import { writesOutput, writeOutput } from './output.ts'
import { letScope, placeOf, queryOf } from './query.ts'
import { refuseTail, Tail } from './tail.ts'

/** The documents that a command asks for, at rest; those of a view come out of its pipeline. */
function documentsOf(call: Call, effort?: Effort): Found[] {
  const collection = collectionOf(call)
  const query = queryOf(call, collection)
  if (collection?.options.viewOn !== undefined)
    return aggregate({ ...placeOf(call), collation: query.collation }, collection.name, stagesOf(query))
  const hits = find(collection, query, call.reader, effort)
  const { returnKey, showRecordId } = call.command
  if (collection && effort && (returnKey || showRecordId))
    return placed(call.command, collection, hits, effort)
  return hits.map(hit => hit.packed)
}

const stagesOf = ({ filter = {}, sort, skip, limit }: Query): Doc[] => [
  { $match: filter },
  ...(sort && Object.keys(sort).length ? [{ $sort: sort }] : []),
  ...(skip ? [{ $skip: skip }] : []),
  ...(limit ? [{ $limit: limit }] : []),
]

/** The documents with their place in the collection, or only what the index says of them. */
function placed(
  { returnKey, showRecordId }: Doc,
  { slots, indexes }: Collection,
  hits: Hit[],
  { plan }: Effort,
) {
  const index = plan.kind === 'index' ? plan.index : plan.kind === 'ids' ? indexes.get('_id_') : undefined
  const order = new Map([...slots.values()].map((slot, place) => [slot, Long.fromNumber(place + 1)]))
  return hits.map(({ slot, packed }): Doc => {
    const doc = unpack(packed)
    const keys = index?.fields.map(({ path, steps }) => [path, valueAt(doc, steps) ?? null]) ?? []
    const shown: Doc = returnKey ? Object.fromEntries(keys) : doc
    return showRecordId && !returnKey ? { ...shown, $recordId: order.get(slot) } : shown
  })
}

const opened = (found: Found, fields?: Fields) => (typeof found === 'string' ? unpack(found, fields) : found)

function findDocuments(call: Call): Doc {
  const { server, command, database } = call
  const collection = collectionOf(call)
  refuseTail(command, collection)
  const show = projectionOf(call)
  const effort = new Effort()
  const tail =
    command.tailable && collection?.size ? new Tail(collection, command, letScope(call)) : undefined
  const found = documentsOf(call, effort)
  return server.cursors.first(call, `${database}.${command.find}`, found, {
    size: command.batchSize,
    single: Boolean(command.singleBatch),
    show,
    lingers: !knowsEnd(command, effort.plan, found.length),
    collection,
    tail,
  })
}

/** Whether a cursor knows that there is nothing behind its last document: it has sorted or counted them. */
const knowsEnd = ({ sort = {}, limit = 0 }: Doc, plan: Plan, found: number) =>
  plan.kind === 'ids' || (Object.keys(sort).length > 0 && !plan.sorted) || found === toNumber(limit)

function projectionOf(call: Call): ((found: Found) => Doc) | undefined {
  const { projection, filter, returnKey } = call.command
  if (!projection || returnKey || !Object.keys(projection).length) return undefined
  const project = compileProjection(projection, filter, letScope(call))
  const fields = projectionFields(projection)
  return found => project(opened(found, fields))
}

function count(call: Call): Doc {
  const { command, reader } = call
  const collection = collectionOf(call)
  const query = queryOf(call, collection)
  const whole = collection && collection.options.viewOn === undefined && !reader
  if (whole && !query.skip && !query.limit && !Object.keys(query.filter ?? {}).length)
    return { n: collection.size }
  return { n: documentsOf(call).length }
}

function distinct(call: Call): Doc {
  const steps = String(call.command.key).split('.')
  const values = new Map<string, unknown>()
  const fold = foldFor(collationIn(collectionOf(call), call.command.collation))
  for (const found of documentsOf(call))
    for (const value of indexed(opened(found, steps.slice(0, 1)), steps).values) {
      if (value === undefined || value === emptyArray) continue
      const key = keyOf(value, fold)
      if (!values.has(key)) values.set(key, value)
    }
  return { values: [...values.values()] }
}

async function runPipeline(call: Call): Promise<Doc> {
  const { server, command, database } = call
  const { pipeline, cursor, explain: explained, readConcern } = command
  const name = typeof command.aggregate === 'string' ? command.aggregate : undefined
  if (explained) return explain({ ...call, command: { explain: command, verbosity: 'queryPlanner' } })
  if (!isDocument(cursor))
    throw new MongoError(
      'FailedToParse',
      `The 'cursor' option is required, except for aggregate with the explain argument`,
    )
  const place = placeOf(call)
  const output = writesOutput(pipeline) ? (pipeline.at(-1) as Doc) : undefined
  if (output && readConcern?.level === 'linearizable')
    throw new MongoError(
      'InvalidOptions',
      `${Object.keys(output)[0]} cannot be used with a 'linearizable' read concern level`,
    )
  const stages = output ? pipeline.slice(0, -1) : pipeline
  const told = toldBy(call, stages[0])
  const found = told ? runStages(place, stages.slice(1), told) : aggregate(place, name, stages)
  if (output) await writeOutput(call, output, found, place)
  return server.cursors.first(call, `${database}.${name ?? '$cmd.aggregate'}`, output ? [] : found, {
    size: cursor.batchSize,
    lingers: true,
    collection: name === undefined ? undefined : collectionOf(call),
  })
}

/** The commands that read documents. */
export const readCommands = { find: findDocuments, count, distinct, aggregate: runPipeline, explain }
