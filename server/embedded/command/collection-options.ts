import type { Doc } from '../value/document.ts'
import { collationOf } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { runStages } from '../aggregate/pipeline.ts'
import type { CollectionOptions } from '../storage/collection.ts'
import type { Store } from '../storage/store.ts'
import { compileValidator } from './validate.ts'

/** The options of a collection that a `create` or `collMod` asks for; throws when they are none. */
export function optionsOf(command: Doc): CollectionOptions {
  const { validator, validationLevel, validationAction, capped, size, max, viewOn, pipeline } = command
  const options: CollectionOptions = {}
  const collation = collationOf(command.collation)?.spec
  if (collation) options.collation = collation
  if (capped) Object.assign(options, cappedOptions(size, max))
  if (validator) {
    compileValidator(validator, options)
    options.validator = validator
  }
  oneOf('validationLevel', validationLevel, ['strict', 'moderate', 'off'])
  oneOf('validationAction', validationAction, ['error', 'warn'])
  if (validationLevel) options.validationLevel = validationLevel
  if (validationAction) options.validationAction = validationAction
  if (viewOn !== undefined) Object.assign(options, { viewOn, pipeline: pipeline ?? [] })
  return options
}

function oneOf(name: string, value: unknown, known: string[]): void {
  if (value !== undefined && !known.includes(value as string))
    throw new MongoError(
      'BadValue',
      `Enumeration value '${String(value)}' for field '${name}' is not a valid value.`,
    )
}

function cappedOptions(size: unknown, max: unknown): CollectionOptions {
  if (size === undefined)
    throw new MongoError('InvalidOptions', 'the size field is required when capped is true')
  const bytes = toNumber(size)
  if (!(bytes > 0)) throw new MongoError('BadValue', 'the size of a capped collection must be greater than 0')
  const count = toNumber(max ?? 0)
  return { capped: true, size: Math.ceil(bytes / 256) * 256, ...(count > 0 ? { max: count } : {}) }
}

/** Refuses a view whose pipeline the engine cannot run, or that is made of itself. */
export function refuseCircle(
  store: Store,
  database: string,
  name: string,
  { viewOn, pipeline = [] }: CollectionOptions,
): void {
  runStages({ store, database, reader: undefined }, pipeline, [])
  const seen = new Set([name])
  for (let next = viewOn; next !== undefined; next = store.collection(database, next)?.options.viewOn) {
    if (seen.has(next))
      throw new MongoError('BadValue', `View cycle detected: ${[...seen, next].join(' => ')}`)
    seen.add(next)
  }
}
