import { isDocument, isOperators, type Doc } from '../value/document.ts'
import { rank, rankOf } from '../value/order.ts'
import { truthy } from '../value/truth.ts'

/** Top-level fields that something looks at; nothing when it may look at any. */
export type Fields = readonly string[] | undefined

const first = (path: string) => path.split('.', 1)[0] as string

/** What several things look at together. */
const joined = (parts: Fields[]): Fields =>
  parts.every(part => part !== undefined) ? [...new Set(parts.flat())] : undefined

/** The fields that a filter looks at. */
export function filterFields(filter: Doc): Fields {
  return joined(
    Object.entries(filter).map(([name, condition]): Fields => {
      if (!name.startsWith('$')) return [first(name)]
      if (name === '$comment') return []
      if (name === '$expr') return expressionFields(condition)
      return Array.isArray(condition) ? joined((condition as Doc[]).map(filterFields)) : undefined
    }),
  )
}

/** The operators that name fields in other ways than by `$field`. */
const byName = new Set(['$getField', '$setField', '$unsetField', 'sortBy'])

/** The fields that an expression looks at. */
export function expressionFields(expr: unknown): Fields {
  if (typeof expr === 'string') {
    if (!expr.startsWith('$$')) return expr.startsWith('$') ? [first(expr.slice(1))] : []
    return expr.startsWith('$$ROOT') || expr.startsWith('$$CURRENT') ? undefined : []
  }
  if (Array.isArray(expr)) return joined(expr.map(expressionFields))
  if (!isDocument(expr)) return []
  if (Object.keys(expr).some(name => byName.has(name))) return undefined
  return joined(Object.values(expr).map(expressionFields))
}

/** The fields that a projection looks at, if it takes fields and does nothing else. */
export function projectionFields(spec: Doc): Fields {
  const entries = Object.entries(spec)
  const isTaken = ([name, value]: [string, unknown]) =>
    (typeof value === 'boolean' || rankOf(value) === rank.number) &&
    !name.includes('$') &&
    (truthy(value) || name === '_id')
  const isTaking = entries.some(([name, value]) => name !== '_id' || truthy(value))
  return isTaking && entries.every(isTaken) ? ['_id', ...entries.map(([name]) => first(name))] : undefined
}

/** The fields that a pipeline looks at, if some stage of it lets the others go. */
export function pipelineFields(pipeline: Doc[]): Fields {
  const seen: Fields[] = []
  for (const stage of pipeline) {
    const [name, argument] = Object.entries(stage)[0] ?? []
    const fields = stageFields(name ?? '', argument)
    if (!fields) return undefined
    seen.push(fields)
    if (name === '$group' || name === '$count' || name === '$sortByCount' || name === '$project')
      return joined(seen)
  }
  return undefined
}

function stageFields(name: string, argument: unknown): Fields {
  switch (name) {
    case '$match':
      return filterFields(argument as Doc)
    case '$sort':
      return Object.keys(argument as Doc).map(first)
    case '$limit':
    case '$skip':
    case '$count':
    case '$sample':
      return []
    case '$group':
    case '$sortByCount':
    case '$set':
    case '$addFields':
      return expressionFields(argument)
    case '$unwind':
      return expressionFields(isOperators(argument) || !isDocument(argument) ? argument : argument.path)
    case '$project':
      return isDocument(argument) ? projectionFields(argument) : undefined
    default:
      return undefined
  }
}
