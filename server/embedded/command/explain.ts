import { hostname } from 'node:os'
import { isOperators, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { headOf } from '../aggregate/pipeline.ts'
import { Effort, find, type Query } from '../query/find.ts'
import { planTree } from '../query/plan-tree.ts'
import { collectionOf, type Call } from './call.ts'
import { refuseUnknown } from './fields.ts'
import { placeOf, queryOf } from './query.ts'
import { version } from './server.ts'

const verbosities = ['queryPlanner', 'executionStats', 'allPlansExecution']

/** The stages around the reading of a command, the outermost last. */
const around: Record<string, string[]> = {
  find: [],
  aggregate: [],
  count: ['COUNT'],
  distinct: [],
  update: ['UPDATE'],
  delete: ['DELETE'],
  findAndModify: ['UPDATE'],
}

/** Runs the query of a command, changes nothing and tells how it went about it, in MongoDB's form. */
export function explain(call: Call): Doc {
  const { explain: inner, verbosity = 'allPlansExecution' } = call.command
  if (!verbosities.includes(verbosity))
    throw new MongoError(
      'BadValue',
      `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
    )
  const [name = ''] = Object.keys(inner as Doc)
  const stages = Object.hasOwn(around, name) ? around[name] : undefined
  if (!stages) throw new MongoError('CommandNotFound', `Explain failed due to unknown command: ${name}`)
  refuseUnknown(name, inner)
  const asked: Call = { ...call, command: { ...inner, ...explained(inner) } }
  const collection = collectionOf(asked)
  if (collection?.options.viewOn !== undefined) throw notSupported('explain of a view')
  const { query, rest } =
    name === 'aggregate'
      ? headOf(placeOf(asked), inner.pipeline)
      : { query: queryOf(asked, collection), rest: [] }
  const effort = new Effort()
  const found = find(collection, query, call.reader, effort).length
  const namespace = `${call.database}.${String(inner[name])}`
  const plan = planTree(
    effort,
    { ...query, projection: inner.projection },
    inner.remove ? ['DELETE'] : stages,
  )
  const told = { ...planner(namespace, query, plan), ...statistics(plan, effort, found, verbosity) }
  const whole = rest.length ? { stages: [{ $cursor: told, nReturned: found }, ...rest] } : told
  return {
    explainVersion: '1',
    ...whole,
    command: { ...inner, $db: call.database },
    serverInfo: serverInfo(call),
  }
}

/** What a write looks for, in the words of a find. */
function explained({ updates, deletes, remove, update }: Doc): Doc {
  const [first] = (updates ?? deletes ?? []) as Doc[]
  if (remove || update) return { limit: 1 }
  return first
    ? {
        filter: first.q,
        collation: first.collation,
        limit: first.multi === true || first.limit === 0 ? 0 : 1,
      }
    : {}
}

function planner(namespace: string, { filter = {} }: Query, winningPlan: Doc): Doc {
  const limits = { maxIndexedOrSolutionsReached: false, maxIndexedAndSolutionsReached: false }
  return {
    queryPlanner: {
      namespace,
      indexFilterSet: false,
      parsedQuery: parsed(filter),
      ...limits,
      maxScansToExplodeReached: false,
      winningPlan,
      rejectedPlans: [],
    },
  }
}

/** The filter with its equalities written out. */
function parsed(filter: Doc): Doc {
  const parts = Object.entries(filter).map(([name, condition]: [string, unknown]) => ({
    [name]: name.startsWith('$') || isOperators(condition) ? condition : { $eq: condition },
  }))
  return parts.length > 1 ? { $and: parts } : (parts[0] ?? {})
}

function statistics(
  plan: Doc,
  { keysExamined, docsExamined }: Effort,
  found: number,
  verbosity: string,
): Doc {
  if (verbosity === 'queryPlanner') return {}
  const stage = (given: Doc): Doc => {
    const { inputStage, inputStages, ...own } = given
    const examined = {
      ...(own.indexName ? { keysExamined } : {}),
      ...(own.stage === 'FETCH' || own.stage === 'COLLSCAN' ? { docsExamined } : {}),
    }
    return {
      ...own,
      nReturned: found,
      executionTimeMillisEstimate: 0,
      ...examined,
      ...(inputStage ? { inputStage: stage(inputStage) } : {}),
      ...(inputStages ? { inputStages: inputStages.map(stage) } : {}),
    }
  }
  return {
    executionStats: {
      executionSuccess: true,
      nReturned: found,
      executionTimeMillis: 0,
      totalKeysExamined: keysExamined,
      totalDocsExamined: docsExamined,
      executionStages: stage(plan),
      ...(verbosity === 'allPlansExecution' ? { allPlansExecution: [] } : {}),
    },
  }
}

const serverInfo = ({ server }: Call): Doc => ({
  host: hostname(),
  port: toNumber(server.address.split(':').at(-1)),
  version,
  gitVersion: 'embedded',
})
