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
export function compileValidator(filter: Doc, options: CollectionOptions): Validator {
  const parts = Object.entries(filter).map(([name, condition]) => {
    if (name === '$jsonSchema') return schemaPart(condition)
    return name === '$and' ? andPart(condition, options) : filterPart(name, condition, options)
  })
  return doc => {
    const broken = parts.flatMap(part => part(doc))
    if (broken.length < 2) return broken
    return [
      { operatorName: '$and', clausesNotSatisfied: broken.map((details, index) => ({ index, details })) },
    ]
  }
}

function andPart(clauses: Doc[], options: CollectionOptions): Validator {
  const validators = clauses.map(clause => compileValidator(clause, options))
  return doc => {
    const clausesNotSatisfied = validators.flatMap((validator, index) => {
      const [details] = validator(doc)
      return details ? [{ index, details }] : []
    })
    return clausesNotSatisfied.length ? [{ operatorName: '$and', clausesNotSatisfied }] : []
  }
}

function filterPart(name: string, condition: unknown, { collation }: CollectionOptions): Validator {
  const specifiedAs = { [name]: condition }
  const isField = !name.startsWith('$')
  const compile = () => compileFilter(specifiedAs, { collation: collationOf(collation) })
  const once = compile()
  // What an expression sees as `$$NOW` is the time at which it is compiled.
  const matcher = isField ? () => once : compile
  const [operator = '$eq'] = isOperators(condition) ? Object.keys(condition) : []
  const operatorName = isField ? operator : name
  return doc => {
    if (matcher()(doc as Doc)) return []
    const held = isField ? valueAt(doc, name.split('.')) : undefined
    const found = held === undefined ? { reason: 'field was missing' } : { consideredValue: held }
    const told = isField ? found : { reason: 'expression did not match' }
    return [{ operatorName, specifiedAs, reason: 'comparison failed', ...told }]
  }
}

function schemaPart(given: unknown): Validator {
  const schema = compileSchema(given)
  return doc => {
    const schemaRulesNotSatisfied = isDocument(doc) ? schema(doc) : []
    return schemaRulesNotSatisfied.length ? [{ operatorName: '$jsonSchema', schemaRulesNotSatisfied }] : []
  }
}
