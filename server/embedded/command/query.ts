import { toNumber } from '../value/number.ts'
import type { Scope } from '../aggregate/expression.ts'
import type { Place } from '../aggregate/place.ts'
import type { Query } from '../query/find.ts'
import type { Collection } from '../storage/collection.ts'
import { collationIn, collectionOf, letOf, type Call } from './call.ts'

/** What a command looks for. */
export function queryOf({ command, deadline }: Call, collection: Collection | undefined): Query {
  const { filter, query, sort, skip, limit, hint, min, max } = command
  return {
    filter: filter ?? query,
    sort,
    skip: toNumber(skip ?? 0),
    limit: Math.abs(toNumber(limit ?? 0)),
    hint,
    min,
    max,
    variables: letOf(command),
    collation: collationIn(collection, command.collation),
    deadline,
  }
}

/** Where a command's pipeline runs. */
export function placeOf(call: Call): Place {
  const { server, command, database, reader, deadline } = call
  const collection = typeof command.aggregate === 'string' ? collectionOf(call) : undefined
  return {
    store: server.store,
    database,
    reader,
    variables: { NOW: new Date(), ...letOf(command) },
    collation: collationIn(collection, command.collation),
    hint: command.hint,
    deadline,
  }
}

/** What the expressions of a command have around them. */
export const letScope = (call: Call): Scope => {
  const { variables, collation } = queryOf(call, collectionOf(call))
  return { variables, collation }
}
