import type { Doc } from '../value/document.ts'
import type { Effort } from '../query/find.ts'
import type { Store } from '../storage/store.ts'
import type { Snapshot } from '../storage/history.ts'
import type { Scope } from './expression.ts'

/** Where a pipeline runs. */
export interface Place extends Scope {
  store: Store
  database: string
  reader: Snapshot | undefined
  hint?: unknown
  effort?: Effort
}

/** Runs a pipeline over a collection. */
export type Run = (place: Place, collection: string, pipeline: Doc[]) => Doc[]
