import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from '@jest/globals'
import mongoose, { type Connection, type ConnectOptions, type mongo } from 'mongoose'

/** The server of the run: the embedded engine, or the MongoDB that `mongodb.mjs` was given. */
export function serverUri(): string {
  const uri = process.env.TEST_MONGODB_URI
  if (!uri) throw new Error('global-setup.ts sets TEST_MONGODB_URI')
  return uri
}

/** How the product connects. */
export const asTheProduct: ConnectOptions = {
  serverSelectionTimeoutMS: 5_000,
  autoIndex: false,
  autoCreate: false,
}

/** A connection with an empty database of its own for one test file. */
export function aDatabase(): Connection {
  const connection = mongoose.createConnection()
  beforeAll(() => connection.openUri(serverUri(), { ...asTheProduct, dbName: `driver-${randomUUID()}` }))
  afterAll(async () => {
    await connection.dropDatabase()
    await connection.close()
  })
  return connection
}

/** A document of whatever fields, whose id is a number. */
export interface Thing extends mongo.Document {
  _id: number
}

let named = 0
/** A name that no other collection or model of the file has. */
export const aName = (): string => `things${++named}`

/** What an operation failed with. */
export interface Failure extends Error {
  code?: number
  keyPattern?: object
  keyValue?: object
  writeErrors?: { index: number; code: number }[]
  hasErrorLabel?: (label: string) => boolean
}

export async function failureOf(work: PromiseLike<unknown>): Promise<Failure> {
  try {
    await work
  } catch (error) {
    return error as Failure
  }
  throw new Error('it did not fail')
}

/** Does the same so many times at once. */
export const atOnce = <T>(times: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, i) => work(i)))
