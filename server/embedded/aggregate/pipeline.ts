import { isDocument, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { unpack } from '../value/packed.ts'
import { pipelineFields } from '../query/fields.ts'
import { find, type Query } from '../query/find.ts'
import { compileDensify } from './densify.ts'
import { compileFill } from './fill.ts'
import { graphLookup, lookup } from './lookup.ts'
import type { Place } from './place.ts'
import { stages, type Stage, type StageMaker } from './stage.ts'

/** The documents that a pipeline makes of a collection, or of none. */
export function aggregate(place: Place, collection: string | undefined, pipeline: Doc[]): Doc[] {
  if (collection === undefined) return runStages(place, pipeline, [])
  const view = place.store.collection(place.database, collection)?.options
  if (view?.viewOn !== undefined)
    return aggregate({ ...place, hint: undefined }, view.viewOn, [...(view.pipeline ?? []), ...pipeline])
  const { query, rest } = headOf(place, pipeline)
  const found = place.store.collection(place.database, collection, place.reader)
  if (found?.size && !place.reader && countsAll(query, rest[0])) {
    const [name] = Object.keys(rest[0]?.$group).slice(1) as [string]
    return runStages(place, rest.slice(1), [{ _id: rest[0]?.$group._id, [name]: found.size }])
  }
  const hits = find(found, query, place.reader, place.effort)
  const fields = pipelineFields(rest)
  return runStages(
    place,
    rest,
    hits.map(hit => unpack(hit.packed, fields)),
  )
}

/** The leading stages that one query can answer, with the help of indexes. */
export function headOf(
  { variables, collation, hint }: Place,
  pipeline: Doc[],
): { query: Query; rest: Doc[] } {
  let next = 0
  const filters: Doc[] = []
  for (; isDocument(pipeline[next]?.$match); next++) filters.push(pipeline[next]?.$match)
  const query: Query = {
    filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    variables,
    collation,
    hint,
  }
  if (pipeline[next]?.$sort && pipeline[next]?.$sort.$natural === undefined)
    query.sort = pipeline[next++]?.$sort
  if (pipeline[next]?.$skip !== undefined && pipeline[next + 1]?.$limit !== undefined)
    query.skip = toNumber(pipeline[next++]?.$skip)
  const limit = pipeline[next]?.$limit === undefined ? 0 : toNumber(pipeline[next]?.$limit)
  if (limit > 0 && Number.isInteger(limit)) {
    query.limit = limit
    next++
  }
  return { query, rest: pipeline.slice(next) }
}

/** Whether it is a count of a whole collection as drivers write it: `$group: { _id: 1, n: { $sum: 1 } }`. */
function countsAll({ filter, sort, skip, limit }: Query, stage: Doc | undefined): boolean {
  if (sort || skip || limit || Object.keys(filter ?? {}).length || !isDocument(stage?.$group)) return false
  const { _id, ...outputs } = stage.$group
  const [count, ...more] = Object.values(outputs)
  return typeof _id === 'number' && !more.length && isDocument(count) && count.$sum === 1
}

/** Runs stages over documents. */
export function runStages(place: Place, pipeline: Doc[], docs: Doc[]): Doc[] {
  return pipeline.map(stage => compileStage(place, stage)).reduce((result, stage) => stage(result), docs)
}

function compileStage(place: Place, given: Doc): Stage {
  const [name, ...more] = isDocument(given) ? Object.keys(given) : []
  if (!name || more.length)
    throw new MongoError(
      'Location40324',
      'A pipeline stage specification object must contain exactly one field.',
    )
  const argument: unknown = given[name]
  if (Object.hasOwn(stages, name))
    return (stages[name as keyof typeof stages] as StageMaker)(argument as never, place)
  if (Object.hasOwn(wider, name)) return docs => (wider[name] as WiderStage)(place, argument as never, docs)
  if (name === '$out' || name === '$merge')
    throw new MongoError('Location40601', `${name} can only be the final stage in the pipeline`)
  if (name === '$fill') return compileFill(argument as Doc, place)
  if (name === '$densify') return compileDensify(argument as Doc)
  throw notSupported(`the stage ${name}`)
}

type WiderStage = (place: Place, argument: never, docs: Doc[]) => Doc[]

/** The stages that run other pipelines or read other collections. */
const wider: Record<string, WiderStage> = {
  $facet: (place, pipelines: Record<string, Doc[]>, docs) => [
    Object.fromEntries(
      Object.entries(pipelines).map(([name, inner]) => [name, runStages(place, inner, docs)]),
    ),
  ],
  $unionWith: (place, given: string | Doc, docs) => {
    const { coll, pipeline = [] } = typeof given === 'string' ? ({ coll: given } as Doc) : given
    return [...docs, ...aggregate({ ...place, hint: undefined }, coll, pipeline)]
  },
  $documents: (_place, documents: Doc[]) => documents,
  $lookup: (place, spec: Doc, docs) => lookup(place, spec, docs, aggregate),
  $graphLookup: (place, spec: Doc, docs) => graphLookup(place, spec, docs),
}
