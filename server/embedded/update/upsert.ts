import { isDocument, isOperators, isRegex, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { compareStrings } from '../value/order.ts'
import { withChange } from './change.ts'

/** What a filter says by equality: a value at a path. */
type Equality = [path: string, value: unknown]

/**
 * The document that an upsert starts from: what the filter says by equality, in the order of the paths. A whole new
 * document takes only the `_id`. Throws when the filter gives one path two values, or one within another.
 */
export function upsertBase(filter: Doc, update: Doc | Doc[]): Doc {
  const isWhole = !Array.isArray(update) && !isOperators(update)
  const found = equalities(filter)
    .filter(([path]) => !isWhole || path.split('.')[0] === '_id')
    .sort(([a], [b]) => compareStrings(a, b))
  refuseContradiction(found.map(([path]) => path))
  let doc: Doc = {}
  for (const [path, value] of found) {
    if (isWhole && path !== '_id')
      throw new MongoError(
        'Location111',
        `field at '_id' must be exactly specified, field at sub-path '${path}'found`,
      )
    doc = withChange(doc, path.split('.'), () => value, true) as Doc
  }
  return doc
}

function equalities(filter: Doc): Equality[] {
  return Object.entries(filter).flatMap(([path, condition]): Equality[] => {
    if (path === '$and' || (path === '$or' && (condition as Doc[]).length === 1))
      return (condition as Doc[]).flatMap(equalities)
    if (path.startsWith('$') || isRegex(condition)) return []
    return valuesOf(condition).map(value => [path, value])
  })
}

function valuesOf(condition: unknown): unknown[] {
  if (!isOperators(condition)) return [condition]
  const { $eq, $in, $all } = condition as { $eq?: unknown; $in?: unknown[]; $all?: unknown[] }
  const only = $in?.length === 1 && !isRegex($in[0]) ? $in : []
  const all = ($all ?? []).filter(item => !isRegex(item) && !(isDocument(item) && '$elemMatch' in item))
  return [...($eq === undefined ? [] : [$eq]), ...only, ...all]
}

/** The paths come in their order, so that one stands before those below it. */
function refuseContradiction(paths: string[]): void {
  const seen = new Set<string>()
  for (const path of paths) {
    if (seen.has(path)) throw twice(`path '${path}' is matched twice`)
    const steps = path.split('.')
    const above = steps.map((_, count) => steps.slice(0, count).join('.')).find(part => seen.has(part))
    if (above !== undefined) throw twice(`both paths '${path}' and '${above}' are matched`)
    seen.add(path)
  }
}

const twice = (what: string) => new MongoError('Location54', `cannot infer query fields to set, ${what}`)
