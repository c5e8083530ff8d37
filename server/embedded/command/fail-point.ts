import { setTimeout as sleep } from 'node:timers/promises'
import { Double } from 'bson'
import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import type { Client, Server } from './call.ts'
import { sessionKey } from './session.ts'

interface Point {
  data: Doc
  /** How often it lets a command pass before it fails one, and how many it fails then. */
  skip: number
  times: number
}

const known = ['failCommand', 'maxTimeAlwaysTimeOut', 'onPrimaryTransactionalWrite']

/** The errors after which a driver tries again, by MongoDB's names. */
const retryable = new Map([
  [6, 'HostUnreachable'],
  [7, 'HostNotFound'],
  [89, 'NetworkTimeout'],
  [91, 'ShutdownInProgress'],
  [134, 'ReadConcernMajorityNotAvailableYet'],
  [189, 'PrimarySteppedDown'],
  [262, 'ExceededTimeLimit'],
  [9001, 'SocketException'],
  [10107, 'NotWritablePrimary'],
  [11600, 'InterruptedAtShutdown'],
  [11602, 'InterruptedDueToReplStateChange'],
  [13435, 'NotPrimaryNoSecondaryOk'],
  [13436, 'NotPrimaryOrSecondary'],
])
/** The errors of a transaction that was not to be blamed for them. */
const passing = new Map([
  [24, 'LockTimeout'],
  [112, 'WriteConflict'],
  [246, 'SnapshotUnavailable'],
  [251, 'NoSuchTransaction'],
  [267, 'MigrationConflict'],
])
const others = new Map([
  [18, 'AuthenticationFailed'],
  [50, 'MaxTimeMSExpired'],
  [64, 'WriteConcernFailed'],
  [100, 'UnsatisfiableWriteConcern'],
  [11601, 'Interrupted'],
])
const names = new Map([...retryable, ...passing, ...others])
const writes = ['insert', 'update', 'delete', 'findAndModify', 'findandmodify']

/** Commands made to fail at a client's wish, as drivers' tests want it; only for an engine that is opened for tests. */
export class FailPoints {
  private readonly points = new Map<string, Point>()

  /** Runs a command, or fails it as the points say. */
  async around({ sessions }: Server, client: Client, command: Doc, run: () => Promise<Doc>): Promise<Doc> {
    const [name = ''] = Object.keys(command)
    if (name === 'configureFailPoint') return this.configure(command)
    if (command.maxTimeMS && this.take('maxTimeAlwaysTimeOut')) return failure(command, 50)
    const data = this.take('failCommand', ({ failCommands, appName }) => {
      const meant = Array.isArray(failCommands) && failCommands.includes(name)
      return meant && (appName === undefined || appName === client.application)
    })
    if (data) return fail(data, client, command, run)
    const isFirst = () => !sessions.isRepeated(sessionKey(command.lsid), toNumber(command.txnNumber))
    const written = isNumberedWrite(name, command) && isFirst() && this.take('onPrimaryTransactionalWrite')
    return written ? failWrite(written, client, command, run) : run()
  }

  private configure({ configureFailPoint: name, mode, data = {} }: Doc): Doc {
    if (!known.includes(name))
      throw new MongoError('FailPointSetFailed', `${String(name)} not found; there are ${known.join(', ')}`)
    const { skip = 0, times = Infinity } = isDocument(mode) ? mode : ({} as Doc)
    if (mode === 'off') this.points.delete(name)
    else this.points.set(name, { data, skip: toNumber(skip), times: toNumber(times) })
    return { count: 0 }
  }

  /** The data of a point whose turn it is. */
  private take(name: string, applies: (data: Doc) => boolean = () => true): Doc | undefined {
    const point = this.points.get(name)
    if (!point || !applies(point.data)) return undefined
    if (point.skip > 0) return void point.skip--
    return point.times-- > 0 ? point.data : undefined
  }
}

const isNumberedWrite = (name: string, { txnNumber, autocommit }: Doc) =>
  writes.includes(name) && txnNumber !== undefined && autocommit === undefined

async function fail(data: Doc, client: Client, command: Doc, run: () => Promise<Doc>): Promise<Doc> {
  if (data.blockConnection) await sleep(toNumber(data.blockTimeMS))
  if (data.closeConnection) {
    client.close()
    return {}
  }
  if (data.errorCode !== undefined) return failure(command, toNumber(data.errorCode), data.errorLabels)
  const reply = await run()
  const { writeConcernError } = data
  if (!isDocument(writeConcernError)) return reply
  return {
    ...reply,
    writeConcernError,
    ...labels(command, toNumber(writeConcernError.code), data.errorLabels),
  }
}

/** A retryable write fails before it is done, or it is done and not answered. */
async function failWrite(data: Doc, client: Client, command: Doc, run: () => Promise<Doc>): Promise<Doc> {
  const code: unknown = data.failBeforeCommitExceptionCode
  const reply = code === undefined ? await run() : failure(command, toNumber(code))
  if (data.closeConnection !== false) client.close()
  return reply
}

const failure = (command: Doc, code: number, given?: string[]): Doc => ({
  ok: new Double(0),
  errmsg: code === 50 ? 'operation exceeded time limit' : "Failing command via 'failCommand' failpoint",
  code,
  codeName: names.get(code) ?? `Location${code}`,
  ...labels(command, code, given),
})

/** The labels that tell a driver what it may try again; the ones given stand in the place of MongoDB's own. */
function labels(command: Doc, code: number, given: string[] | undefined): Doc {
  const [name = ''] = Object.keys(command)
  const inTransaction = command.autocommit === false
  const ends = name === 'commitTransaction' || name === 'abortTransaction'
  const found = [
    ...(inTransaction && (passing.has(code) || (!ends && retryable.has(code)))
      ? ['TransientTransactionError']
      : []),
    ...(command.txnNumber !== undefined && (!inTransaction || ends) && retryable.has(code)
      ? ['RetryableWriteError']
      : []),
  ]
  const errorLabels = given ?? found
  return errorLabels.length ? { errorLabels } : {}
}
