import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { unpack, type Packed } from '../value/packed.ts'
import { indexed } from '../value/path.ts'
import { aggregate, headOf } from '../aggregate/pipeline.ts'
import type { Place } from '../aggregate/place.ts'
import { projectionFields } from '../query/fields.ts'
import { Effort, find, type Query } from '../query/find.ts'
import type { Plan } from '../query/plan.ts'
import { compileProjection, type Projector } from '../query/project.ts'
import { collectionOf, type Call } from './call.ts'

function queryOf(command: Doc): Query {
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
  }
}

function placeOf({ server, command, database, reader }: Call): Place {
  return { store: server.store, database, reader, variables: command.let, hint: command.hint }
}

function findDocuments(call: Call): Doc {
  const { server, command, database, reader } = call
  const { projection, filter, batchSize, singleBatch, limit } = command
  const show =
    projection && Object.keys(projection).length
      ? shownBy(projection, compileProjection(projection, filter, command.let))
      : undefined
  const found = find(collectionOf(call), queryOf(command), reader).map(hit => hit.packed)
  const single = Boolean(singleBatch) || toNumber(limit ?? 0) < 0
  return server.cursors.first(`${database}.${command.find}`, found, { size: batchSize, single, show })
}

function shownBy(projection: Doc, project: Projector): (packed: Packed) => Doc {
  const fields = projectionFields(projection)
  return packed => project(unpack(packed, fields))
}

function count(call: Call): Doc {
  const { command, reader } = call
  const collection = collectionOf(call)
  const query = queryOf(command)
  if (collection && !reader && !query.skip && !query.limit && !Object.keys(query.filter ?? {}).length)
    return { n: collection.size }
  return { n: find(collection, query, reader).length }
}

function distinct(call: Call): Doc {
  const steps = String(call.command.key).split('.')
  const values = new Map<string, unknown>()
  for (const { packed } of find(collectionOf(call), queryOf(call.command), call.reader))
    for (const value of indexed(unpack(packed, steps.slice(0, 1)), steps).values)
      if (value !== undefined) values.set(keyOf(value), value)
  return { values: [...values.values()] }
}

function runPipeline(call: Call): Doc {
  const { server, command, database } = call
  const collection = typeof command.aggregate === 'string' ? command.aggregate : undefined
  if (command.explain) return explain({ ...call, command: { explain: command } })
  const docs = aggregate(placeOf(call), collection, command.pipeline)
  return server.cursors.first(`${database}.${collection ?? '$cmd.aggregate'}`, docs, {
    size: command.cursor?.batchSize,
  })
}

/** Runs the query and tells how it went about it, in MongoDB's form. */
function explain(call: Call): Doc {
  const inner = call.command.explain as Doc
  const [name] = Object.keys(inner)
  const asked = { ...call, command: inner }
  const query =
    name === 'aggregate'
      ? headOf(placeOf(asked), inner.pipeline).query
      : queryOf({ ...inner, ...explained(inner) })
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
  return first ? { filter: first.q, limit: first.multi === true || first.limit === 0 ? 0 : 1 } : {}
}

function stageOf(plan: Plan): Doc {
  if (plan.kind === 'collection') return { stage: 'COLLSCAN', direction: 'forward' }
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
