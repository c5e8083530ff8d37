import { isDocument, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import type { Call, Handler, Server } from './call.ts'
import { cursorCommands } from './cursor.ts'
import { writesOutput } from './output.ts'
import { readCommands } from './read.ts'
import { schemaCommands } from './schema.ts'
import { serverCommands } from './server.ts'
import { sessionCommands, sessionKey } from './session.ts'
import { statsCommands } from './stats.ts'
import { writeCommands } from './write.ts'

const handlers: Record<string, Handler> = {
  ...serverCommands,
  ...sessionCommands,
  ...cursorCommands,
  ...schemaCommands,
  ...readCommands,
  ...writeCommands,
  ...statsCommands,
  listCommands: () => ({
    commands: Object.fromEntries(Object.keys(handlers).map(name => [name, { help: '' }])),
  }),
  commitTransaction: call => endTransaction(call, 'commit'),
  abortTransaction: call => endTransaction(call, 'abort'),
}

/** The commands that a transaction may hold. */
const transactional = new Set([
  'find',
  'aggregate',
  'distinct',
  ...Object.keys(writeCommands),
  'create',
  'createIndexes',
  'getMore',
  'killCursors',
])

/** What every command may carry beside its own fields. */
const common =
  'lsid $db $clusterTime $readPreference readConcern writeConcern txnNumber autocommit startTransaction stmtId stmtIds maxTimeMS comment apiVersion apiStrict apiDeprecationErrors'

/** The fields that the engine understands, of the commands where a field unknown to it would change the answer. */
const fields: Record<string, string> = {
  find: 'filter projection sort skip limit batchSize singleBatch hint let noCursorTimeout allowDiskUse allowPartialResults collation',
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
  getMore: 'collection batchSize',
}

/** The fields of the parts of a write command. */
const partFields: Record<string, string> = {
  updates: 'q u multi upsert arrayFilters hint c sort collation',
  deletes: 'q limit hint collation',
}

/** Runs a command; numbered writes run once, those of a transaction inside it. */
export async function runCommand(server: Server, command: Doc): Promise<Doc> {
  const [name = ''] = Object.keys(command)
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined
  if (!handler) throw new MongoError('CommandNotFound', `no such command: '${name}'`)
  refuseUnknown(name, command)
  const database = String(command.$db ?? 'admin')
  const call: Call = { server, command, database, transaction: undefined, reader: undefined }
  if (command.readConcern?.level === 'snapshot' && command.autocommit !== false && name !== 'getMore')
    return ofSnapshot(call, name, handler)
  if (command.txnNumber !== undefined && !command.lsid)
    throw new MongoError('InvalidOptions', 'Transaction number requires a session ID to also be specified')
  if (command.txnNumber === undefined || !isDocument(command.lsid))
    return durably(call, name, () => handler(call))
  const session = sessionKey(command.lsid)
  const number = toNumber(command.txnNumber)
  if (name === 'commitTransaction' || name === 'abortTransaction')
    return durably(call, name, () => handler(call))
  if (command.autocommit === false) return inTransaction(call, name, handler, session, number)
  const once = async () => {
    const reply = await handler(call)
    if (reply.n || reply.lastErrorObject?.n) server.sessions.remember(session, number, reply)
    return reply
  }
  return server.sessions.once(session, number, () => durably(call, name, once))
}

/** The commands that can read a snapshot without a transaction. */
const snapshotReads = ['find', 'aggregate', 'distinct']

async function ofSnapshot(call: Call, name: string, handler: Handler): Promise<Doc> {
  if (!snapshotReads.includes(name))
    throw new MongoError(
      'InvalidOptions',
      `${name} does not support read concern level snapshot outside a transaction`,
    )
  const { snapshots } = call.server
  const reader = snapshots.at(call.command.readConcern.atClusterTime)
  return snapshots.stamped(await handler({ ...call, reader }), reader)
}

/** The commands that change something and are answered when the log has it. */
const lasting = new Set([...Object.keys(writeCommands), ...Object.keys(schemaCommands), 'commitTransaction'])

async function durably(
  { server: { log }, command }: Call,
  name: string,
  run: () => Doc | Promise<Doc>,
): Promise<Doc> {
  if (!log || !(lasting.has(name) || writesOutput(command.pipeline))) return run()
  await log.ready()
  const reply = await run()
  await log.settled(command.writeConcern?.j === true)
  return reply
}

/** An error inside a transaction ends it, as in MongoDB. */
async function inTransaction(
  call: Call,
  name: string,
  handler: Handler,
  session: string,
  number: number,
): Promise<Doc> {
  const { startTransaction: starts = false, readConcern } = call.command
  if (readConcern && !starts)
    throw new MongoError(
      'InvalidOptions',
      'Only the first command in a transaction may specify a readConcern',
    )
  const transaction = call.server.sessions.transaction(session, number, starts === true)
  try {
    if (!transactional.has(name))
      throw new MongoError(
        'OperationNotSupportedInTransaction',
        `Cannot run '${name}' in a multi-document transaction.`,
      )
    const reply = await handler({ ...call, transaction, reader: transaction })
    if (reply.writeErrors) transaction.abort()
    return reply
  } catch (error) {
    transaction.abort()
    throw error
  }
}

function endTransaction({ server, command }: Call, how: 'commit' | 'abort'): Doc {
  if (command.txnNumber === undefined || !isDocument(command.lsid))
    throw new MongoError('NoSuchTransaction', `${how}Transaction without a transaction`)
  return server.sessions[how](sessionKey(command.lsid), toNumber(command.txnNumber))
}

const setsOf = (lists: Record<string, string>, also: string[] = []) =>
  new Map(Object.entries(lists).map(([name, list]) => [name, new Set([...list.split(' '), ...also])]))
const knownFields = setsOf(fields, common.split(' '))
const knownPartFields = setsOf(partFields)

function refuseUnknown(name: string, command: Doc): void {
  const known = knownFields.get(name === 'findandmodify' ? 'findAndModify' : name)
  if (!known) return
  refuseFields(name, command, known)
  for (const [part, knownHere] of knownPartFields)
    for (const item of (command[part] ?? []) as Doc[]) refuseFields(`${name}.${part}`, item, knownHere)
}

function refuseFields(where: string, given: Doc, known: Set<string>): void {
  for (const field in given)
    if (!known.has(field) && given[field] !== false && field !== where)
      throw notSupported(`the field ${field} of ${where}`)
}
