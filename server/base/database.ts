import mongoose from 'mongoose'
import { StartError } from './start-error.ts'
import { wording } from './wording.ts'

const NAME = 'rizhi'
const REACH_MS = 5_000

/**
 * Connects mongoose to a server that can run transactions and makes every index. Throws a `StartError` when it is not
 * reachable or not a replica set. The database is `rizhi` unless the address or `dbName` names another.
 */
export async function connect(
  uri: string,
  { dbName = nameIn(uri), monitorCommands = false }: { dbName?: string; monitorCommands?: boolean } = {},
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
  await mongoose.connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 })
}

/** Ends every connection to the database. */
export const disconnect = (): Promise<void> => mongoose.disconnect()

const nameIn = (uri: string): string => /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1] ?? NAME
const hostsIn = (uri: string): string => /\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri)?.[1] ?? ''
const withoutPassword = (error: unknown): string =>
  (error instanceof Error ? error.message : '').replace(/\/\/[^@/\s]*@/g, '//')
