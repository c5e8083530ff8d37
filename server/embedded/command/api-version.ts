import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'

// https://www.mongodb.com/docs/manual/reference/stable-api/
const stable = new Set(
  'abortTransaction aggregate collMod commitTransaction count create createIndexes delete drop dropDatabase dropIndexes endSessions explain find findAndModify getMore hello insert killCursors killSessions listCollections listDatabases listIndexes ping refreshSessions update'.split(
    ' ',
  ),
)
const unstableStages =
  '$collStats $currentOp $indexStats $listLocalSessions $listSessions $planCacheStats $search'.split(' ')

/** Refuses what is not part of the stable API when a client declares that it keeps to it. */
export function refuseUnstable(
  name: string,
  { apiVersion, apiStrict, apiDeprecationErrors, pipeline }: Doc,
): void {
  if (apiVersion === undefined && apiStrict === undefined && apiDeprecationErrors === undefined) return
  if (apiVersion === undefined)
    throw new MongoError(
      'APIVersionError',
      'Provided apiStrict/apiDeprecationErrors without passing apiVersion',
    )
  if (apiVersion !== '1') throw new MongoError('APIVersionError', `API version must be "1"`)
  if (!apiStrict) return
  if (!stable.has(name))
    throw new MongoError(
      'APIStrictError',
      `Provided apiStrict:true, but the command ${name} is not in API Version 1`,
    )
  for (const stage of Array.isArray(pipeline) ? (pipeline as Doc[]) : [])
    for (const one of unstableStages)
      if (one in stage)
        throw new MongoError(
          'APIStrictError',
          `stage ${one} is not allowed with 'apiStrict: true' in API Version 1`,
        )
}
