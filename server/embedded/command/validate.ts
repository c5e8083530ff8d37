import { isDocument, isOperators, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { valueAt } from '../value/path.ts'
import { compileSchema, type Schema } from '../query/json-schema.ts'
import { compileFilter } from '../query/match.ts'
import type { Collection, CollectionOptions } from '../storage/collection.ts'
import { collationOf } from '../value/collation.ts'

/** What a document breaks of a validator. */
type Validator = Schema

const compiled = new WeakMap<CollectionOptions, Validator>()

/** Refuses a document that breaks its collection's validator, as the level and the action of it say. */
export function refuseInvalid(
  { options }: Collection,
  doc: Doc,
  before: Doc | undefined,
  bypass: unknown,
): void {
  const { validator, validationLevel = 'strict', validationAction = 'error' } = options
  if (!validator || bypass || validationLevel === 'off' || validationAction === 'warn') return
  let broken = compiled.get(options)
  if (!broken) compiled.set(options, (broken = compileValidator(validator, options)))
  const [details] = broken(doc)
  if (!details || (validationLevel === 'moderate' && before && broken(before).length)) return
  const errInfo = { failingDocumentId: doc._id as unknown, details }
  throw new MongoError('DocumentValidationFailure', 'Document failed validation', { errInfo })
}

/** The validator of a filter; throws when it is none. */
export function compileValidator(filter: Doc, { collation }: CollectionOptions): Validator {
  const parts = Object.entries(filter).map(([name, condition]) =>
    name === '$jsonSchema' ? schemaPart(condition) : name === '$and' ? andPart(condition) : filterPart(name),
  )
  return doc => {
    const broken = parts.flatMap(part => part(doc))
    if (broken.length < 2) return broken
    return [
      { operatorName: '$and', clausesNotSatisfied: broken.map((details, index) => ({ index, details })) },
    ]
  }

  function andPart(clauses: Doc[]): Validator {
    const validators = clauses.map(clause =>
      compileValidator(clause, { ...(collation ? { collation } : {}) }),
    )
    return doc => {
      const clausesNotSatisfied = validators.flatMap((validator, index) => {
        const [details] = validator(doc)
        return details ? [{ index, details }] : []
      })
      return clausesNotSatisfied.length ? [{ operatorName: '$and', clausesNotSatisfied }] : []
    }
  }

  function filterPart(name: string): Validator {
    const condition = filter[name] as unknown
    const specifiedAs = { [name]: condition }
    const compile = () => compileFilter(specifiedAs, { collation: collationOf(collation) })
    const once = compile()
    // What an expression sees as `$$NOW` is the time at which it is compiled.
    const matcher = name === '$expr' ? compile : () => once
    const [operatorName = '$eq'] = isOperators(condition)
      ? Object.keys(condition)
      : name[0] === '$'
        ? [name]
        : []
    return doc => {
      if (matcher()(doc as Doc)) return []
      const held = name[0] === '$' ? undefined : valueAt(doc, name.split('.'))
      const found = held === undefined ? { reason: 'field was missing' } : { consideredValue: held }
      const told = name[0] === '$' ? { reason: 'expression did not match' } : found
      return [{ operatorName, specifiedAs, reason: 'comparison failed', ...told }]
    }
  }
}

function schemaPart(given: unknown): Validator {
  const schema = compileSchema(given)
  return doc => {
    const schemaRulesNotSatisfied = isDocument(doc) ? schema(doc) : []
    return schemaRulesNotSatisfied.length ? [{ operatorName: '$jsonSchema', schemaRulesNotSatisfied }] : []
  }
}
