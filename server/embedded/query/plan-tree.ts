import { isDocument, type Doc } from '../value/document.ts'
import type { Index } from '../storage/index.ts'
import { constraintsOf, type Constraint } from './constraint.ts'
import type { Effort, Query } from './find.ts'
import type { Plan } from './plan.ts'

/** A plan as `explain` shows it: stages within stages, the reading innermost, `more` around all. */
export function planTree({ plan }: Effort, query: Query & { projection?: Doc }, more: string[]): Doc {
  const { sort, skip, limit, projection } = query
  let tree = reading(plan, query)
  if (sort && Object.keys(sort).length && !plan.sorted)
    tree = { stage: 'SORT', sortPattern: sort, inputStage: tree }
  if (skip) tree = { stage: 'SKIP', skipAmount: skip, inputStage: tree }
  if (limit) tree = { stage: 'LIMIT', limitAmount: limit, inputStage: tree }
  if (isDocument(projection) && Object.keys(projection).length)
    tree = { stage: 'PROJECTION_SIMPLE', transformBy: projection, inputStage: tree }
  return more.reduce<Doc>((inputStage, stage) => ({ stage, inputStage }), tree)
}

function reading(plan: Plan, query: Query): Doc {
  const { filter = {} } = query
  if (plan.kind === 'collection') {
    const own = Object.keys(filter).length ? { filter } : {}
    return { stage: 'COLLSCAN', ...own, direction: plan.backward ? 'backward' : 'forward' }
  }
  if (plan.kind === 'union') {
    const parts = plan.plans.map((part, place) => reading(part, { filter: (filter.$or as Doc[])[place] }))
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: parts } }
  }
  if (plan.kind === 'ids') {
    if (plan.exact) return { stage: 'IDHACK' }
    const indexBounds = { _id: boundsOf(constraintsOf(filter).get('_id')) }
    const own = { indexName: '_id_', keyPattern: { _id: 1 }, isUnique: true, isMultiKey: false }
    return { stage: 'FETCH', inputStage: { stage: 'IXSCAN', ...own, direction: 'forward', indexBounds } }
  }
  return { stage: 'FETCH', inputStage: indexScan(plan.index, plan.backward, filter) }
}

function indexScan(index: Index, backward: boolean, filter: Doc): Doc {
  const constraints = constraintsOf(filter)
  return {
    stage: 'IXSCAN',
    keyPattern: index.spec.key,
    indexName: index.name,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    indexVersion: 2,
    direction: backward ? 'backward' : 'forward',
    indexBounds: Object.fromEntries(index.fields.map(({ path }) => [path, boundsOf(constraints.get(path))])),
  }
}

function boundsOf({ points, low, high }: Constraint = {}): string[] {
  if (points) return points.map(point => `[${written(point)}, ${written(point)}]`)
  if (low || high) return [`[${low ? written(low.value) : '-inf'}, ${high ? written(high.value) : 'inf'}]`]
  return ['[MinKey, MaxKey]']
}

const written = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value) : String(value))
