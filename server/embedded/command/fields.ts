import type { Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { rank, rankOf } from '../value/order.ts'
import { typeName } from '../query/bson-type.ts'

/** What every command may carry beside its own fields. */
const common =
  'lsid $db $clusterTime $readPreference readConcern writeConcern txnNumber autocommit startTransaction stmtId stmtIds maxTimeMS comment apiVersion apiStrict apiDeprecationErrors'

/** The fields that the engine understands, of the commands where a field unknown to it would change the answer. */
const fields: Record<string, string> = {
  ping: '',
  find: 'filter projection sort skip limit batchSize singleBatch hint let noCursorTimeout allowDiskUse allowPartialResults oplogReplay tailable awaitData min max returnKey showRecordId collation',
  aggregate: 'pipeline cursor hint let explain allowDiskUse bypassDocumentValidation collation',
  count: 'query skip limit hint fields collation',
  distinct: 'key query hint collation',
  insert: 'documents ordered bypassDocumentValidation',
  update: 'updates ordered bypassDocumentValidation let',
  delete: 'deletes ordered let',
  findAndModify:
    'query sort remove update new fields upsert arrayFilters hint let bypassDocumentValidation collation',
  create:
    'validator validationLevel validationAction capped size max collation viewOn pipeline idIndex autoIndexId',
  collMod: 'index validator validationLevel validationAction viewOn pipeline',
  createIndexes: 'indexes commitQuorum ignoreUnknownIndexOptions',
  getMore: 'collection batchSize',
  explain: 'verbosity',
}

/** What MongoDB has and the engine has not. */
const lacking: Record<string, string> = {
  find: 'requestResumeToken resumeAfter',
  create:
    'timeseries clusteredIndex expireAfterSeconds changeStreamPreAndPostImages encryptedFields storageEngine indexOptionDefaults',
  collMod: 'timeseries expireAfterSeconds changeStreamPreAndPostImages cappedSize cappedMax',
}

/** The fields of the parts of a write command. */
const partFields: Record<string, string> = {
  updates: 'q u multi upsert arrayFilters hint c sort collation',
  deletes: 'q limit hint collation',
}

const objects = 'filter q query projection sort let readConcern writeConcern collation lsid'
const arrays = 'documents updates deletes pipeline indexes arrayFilters'
const numbers = 'skip limit batchSize maxTimeMS'
const kindOf = new Map([
  ...objects.split(' ').map(field => [field, 'object'] as const),
  ...arrays.split(' ').map(field => [field, 'array'] as const),
  ...numbers.split(' ').map(field => [field, 'long'] as const),
])

/** Refuses fields that the engine does not know, by name, and what some of them cannot hold. */
export function refuseUnknown(name: string, command: Doc): void {
  const canonical = name === 'findandmodify' ? 'findAndModify' : name
  if (fields[canonical] === undefined) return
  refuseFields(canonical, command)
  for (const part in partFields)
    for (const item of (command[part] ?? []) as Doc[]) refuseFields(`${canonical}.${part}`, item)
}

const allowed = new Map<string, Set<string>>()

function allowedIn(where: string): Set<string> {
  const [name = '', part] = where.split('.')
  const names = part ? partFields[part] : `${name} ${common} ${fields[name]}`
  const known = new Set(names?.split(' '))
  allowed.set(where, known)
  return known
}

function refuseFields(where: string, given: Doc): void {
  const known = allowed.get(where) ?? allowedIn(where)
  for (const field in given) {
    if (!known.has(field)) refuseField(where, field, given[field])
    const kind = kindOf.get(field)
    if (kind) refuseWrong(where, field, given[field], kind)
  }
}

function refuseField(where: string, field: string, value: unknown): void {
  if (lacking[where]?.split(' ').includes(field)) {
    if (value !== false) throw notSupported(`the field ${field} of ${where}`)
  } else throw new MongoError('Location40415', `BSON field '${where}.${field}' is an unknown field.`)
}

function refuseWrong(where: string, field: string, value: unknown, kind: string): void {
  if (value === null || value === undefined) return
  if (kind === 'long' && rankOf(value) === rank.number) refuseNegative(where, field, toNumber(value))
  else if (typeName(value) !== kind)
    throw new MongoError(
      'TypeMismatch',
      `BSON field '${where}.${field}' is the wrong type '${typeName(value)}', expected type '${kind}'`,
    )
}

/** `count` takes a negative limit for its opposite. */
function refuseNegative(where: string, field: string, value: number): void {
  if (value >= 0 || where === 'count') return
  if (field === 'maxTimeMS')
    throw new MongoError('BadValue', `${value} value for maxTimeMS is out of range [0, 2147483647]`)
  throw new MongoError('Location51024', `BSON field '${field}' value must be >= 0, actual value '${value}'`)
}
