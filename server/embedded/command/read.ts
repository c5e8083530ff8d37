import type { Doc } from '../value/document.ts'
import { foldFor } from '../value/collation.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { unpack } from '../value/packed.ts'
import { emptyArray, indexed } from '../value/path.ts'
import { aggregate, headOf } from '../aggregate/pipeline.ts'
import type { Place } from '../aggregate/place.ts'
import { projectionFields, type Fields } from '../query/fields.ts'
import { Effort, find, type Query } from '../query/find.ts'
import type { Plan } from '../query/plan.ts'
import { compileProjection } from '../query/project.ts'
import type { Collection } from '../storage/collection.ts'
import { collationIn, collectionOf, type Call } from './call.ts'
import type { Found } from './cursor.ts'
import { writesOutput, writeOutput } from './output.ts'

function queryOf(command: Doc, collection: Collection | undefined): Query {
  const { filter, query, sort, skip = 0, limit = 0, hint, let: variables } = command
  if (toNumber(skip) < 0)
    throw new MongoError('BadValue', `BSON field 'skip' value must be >= 0, actual value '${String(skip)}'`)
  return {
    filter: filter ?? query,
    sort,
    skip: toNumber(skip),
    limit: Math.abs(toNumber(limit)),
    hint,
    variables,
    collation: collationIn(collection, command.collation),
  }
}

function placeOf(call: Call): Place {
  const { server, command, database, reader } = call
  const collection = typeof command.aggregate === 'string' ? collectionOf(call) : undefined
  return {
    store: server.store,
    database,
    reader,
    variables: { NOW: new Date(), ...command.let },
    collation: collationIn(collection, command.collation),
    hint: command.hint,
  }
}

/** The documents that a command asks for, at rest; those of a view come out of its pipeline. */
function documentsOf(call: Call): Found[] {
  const collection = collectionOf(call)
  const query = queryOf(call.command, collection)
  if (collection?.options.viewOn === undefined)
    return find(collection, query, call.reader).map(hit => hit.packed)
  const { filter = {}, sort, skip, limit } = query
  const stages = [
    { $match: filter },
    ...(sort && Object.keys(sort).length ? [{ $sort: sort }] : []),
    ...(skip ? [{ $skip: skip }] : []),
    ...(limit ? [{ $limit: limit }] : []),
  ]
  return aggregate({ ...placeOf(call), collation: query.collation }, collection.name, stages)
}

const opened = (found: Found, fields?: Fields) => (typeof found === 'string' ? unpack(found, fields) : found)

function findDocuments(call: Call): Doc {
  const { server, command, database } = call
  const { batchSize, singleBatch, limit } = command
  const show = projectionOf(call)
  const found = documentsOf(call)
  const single = Boolean(singleBatch) || toNumber(limit ?? 0) < 0
  return server.cursors.first(`${database}.${command.find}`, found, { size: batchSize, single, show })
}

function projectionOf(call: Call): ((found: Found) => Doc) | undefined {
  const { projection, filter, let: variables } = call.command
  if (!projection || !Object.keys(projection).length) return undefined
  const collation = collationIn(collectionOf(call), call.command.collation)
  const project = compileProjection(projection, filter, { variables, collation })
  const fields = projectionFields(projection)
  return found => project(opened(found, fields))
}

function count(call: Call): Doc {
  const { command, reader } = call
  const collection = collectionOf(call)
  const query = queryOf(command, collection)
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
  const collection = typeof command.aggregate === 'string' ? command.aggregate : undefined
  if (command.explain) return explain({ ...call, command: { explain: command } })
  const { pipeline } = command
  const place = placeOf(call)
  const writes = writesOutput(pipeline)
  const found = aggregate(place, collection, writes ? pipeline.slice(0, -1) : pipeline)
  if (writes) await writeOutput(call, pipeline.at(-1), found, place)
  const docs = writes ? [] : found
  return server.cursors.first(`${database}.${collection ?? '$cmd.aggregate'}`, docs, {
    size: command.cursor?.batchSize,
  })
}

/** Runs the query and tells how it went about it, in MongoDB's form. */
function explain(call: Call): Doc {
  const inner = call.command.explain as Doc
  const [name] = Object.keys(inner)
  const asked = { ...call, command: inner }
  if (collectionOf(asked)?.options.viewOn !== undefined) throw notSupported('explain of a view')
  const query =
    name === 'aggregate'
      ? headOf(placeOf(asked), inner.pipeline).query
      : queryOf({ ...inner, ...explained(inner) }, collectionOf(asked))
  const effort = new Effort()
  const hits = find(collectionOf(asked), query, call.reader, effort)
  const reading = stageOf(effort.plan)
  const winningPlan =
    query.sort && !effort.plan.sorted
      ? { stage: 'SORT', sortPattern: query.sort, inputStage: reading }
      : reading
  return {
    queryPlanner: {
      namespace: `${call.database}.${String(name && inner[name])}`,
      winningPlan,
      rejectedPlans: [],
    },
    executionStats: {
      executionSuccess: true,
      nReturned: hits.length,
      executionTimeMillis: 0,
      totalKeysExamined: effort.keysExamined,
      totalDocsExamined: effort.docsExamined,
      executionStages: winningPlan,
    },
  }
}

function explained({ updates, deletes }: Doc): Doc {
  const [first] = (updates ?? deletes ?? []) as Doc[]
  return first
    ? {
        filter: first.q,
        collation: first.collation,
        limit: first.multi === true || first.limit === 0 ? 0 : 1,
      }
    : {}
}

function stageOf(plan: Plan): Doc {
  if (plan.kind === 'collection')
    return { stage: 'COLLSCAN', direction: plan.backward ? 'backward' : 'forward' }
  if (plan.kind === 'union')
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(stageOf) } }
  if (plan.kind === 'ids')
    return {
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', indexName: '_id_', keyPattern: { _id: 1 }, direction: 'forward' },
    }
  const { index, backward } = plan
  const direction = backward ? 'backward' : 'forward'
  return {
    stage: 'FETCH',
    inputStage: { stage: 'IXSCAN', indexName: index.name, keyPattern: index.spec.key, direction },
  }
}

/** The commands that read documents. */
export const readCommands = { find: findDocuments, count, distinct, aggregate: runPipeline, explain }
