import mongoose from 'mongoose'
import { StartError } from './start-error.ts'
import { wording } from './wording.ts'

const NAME = 'rizhi'
const REACH_MS = 5_000
const ANSWER_MS = 2_000

/**
 * Connects mongoose to a server that can run transactions and makes every index. Throws a `StartError` when it is not
 * reachable or not a replica set. The database is `rizhi` unless the address or `dbName` names another.
 */
export async function connect(
  uri: string,
  {
    dbName = databaseNameIn(uri),
    monitorCommands = false,
  }: { dbName?: string; monitorCommands?: boolean } = {},
): Promise<void> {
  try {
    await mongoose.connect(uri, {
      dbName,
      serverSelectionTimeoutMS: REACH_MS,
      monitorCommands,
      autoIndex: false,
      autoCreate: false,
    })
  } catch (error) {
    throw new StartError([wording.mongoUnreachable(hostsIn(uri)), withoutPassword(error)])
  }
  if (!(await canTransact())) {
    await mongoose.disconnect()
    throw new StartError([wording.mongoStandalone])
  }
  await Promise.all(Object.values(mongoose.models).map(model => model.createIndexes()))
}

/** A member of a replica set or a mongos can run transactions, a server standing alone cannot. */
async function canTransact(): Promise<boolean> {
  const hello = await mongoose.connection.db?.admin().command({ hello: 1 })
  return Boolean(hello?.setName) || hello?.msg === 'isdbgrid'
}

/** Asks the database for a sign of life; throws when there is none within two seconds. */
export async function ping(): Promise<void> {
  if (mongoose.connection.readyState !== mongoose.ConnectionStates.connected) throw new Error('not connected')
  await inTime(mongoose.connection.db?.command({ ping: 1 }))
}

/** Rejects when an answer takes too long; the driver's own `timeoutMS` has no effect since 7.8. */
async function inTime<T>(answer: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer')), ANSWER_MS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** How large the database is. */
export interface Figures {
  documents: number
  /** Of all documents as BSON; undefined where the server does not say. */
  bytes: number | undefined
  /** What the process that holds the data takes up. */
  memoryBytes: number
}

/** Asks the database how large it is; throws when there is no answer within two seconds. */
export async function figures(): Promise<Figures> {
  const { db } = mongoose.connection
  const [stats, status] = await inTime(
    Promise.all([db?.command({ dbStats: 1 }), db?.admin().command({ serverStatus: 1 })]),
  )
  const { objects, dataSize } = (stats ?? {}) as { objects?: number; dataSize?: number }
  const { resident = 0 } = (status?.mem ?? {}) as { resident?: number }
  return {
    documents: Number(objects ?? 0),
    bytes: dataSize === undefined ? undefined : Number(dataSize),
    memoryBytes: resident * 1024 * 1024,
  }
}

/** Ends every connection to the database. */
export const disconnect = (): Promise<void> => mongoose.disconnect()

/** The database that an address names, else `rizhi`. */
export const databaseNameIn = (uri: string): string =>
  /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1] ?? NAME

/** The servers that an address names, without user and password. */
export const hostsIn = (uri: string): string => /\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri)?.[1] ?? ''
const withoutPassword = (error: unknown): string =>
  (error instanceof Error ? error.message : '').replace(/\/\/[^@/\s]*@/g, '//')
