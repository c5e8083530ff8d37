import mongoose, { type mongo } from 'mongoose'
import { databaseNameIn, hostsIn } from '../../base/database.ts'
import { WrongCall } from '../command.ts'
import { wording } from './wording.ts'

const REACH_MS = 5_000

/** A database to read from or to write to, without the models: it is taken as it is. */
export interface Place {
  db: mongo.Db
  client: mongo.MongoClient
  /** True where an embedded engine answers. */
  embedded: boolean
  close(): Promise<void>
}

/** Connects to the database that an address names. Throws a `WrongCall` that says what is in the way. */
export async function openPlace(uri: string): Promise<Place> {
  if (!/^mongodb(\+srv)?:\/\/./.test(uri)) throw new WrongCall(wording.notAddress)
  const client = clientFor(uri)
  const close = () => client.close()
  try {
    const db = client.db(databaseNameIn(uri))
    const hello = await db.admin().command({ hello: 1 })
    if (!hello.setName && hello.msg !== 'isdbgrid') throw new WrongCall(wording.standalone(hostsIn(uri)))
    return { db, client, embedded: hello.setName === 'embedded', close }
  } catch (error) {
    await close()
    throw error instanceof WrongCall ? error : new WrongCall(wording.unreachable(hostsIn(uri)))
  }
}

/** Reads and writes go to the primary and count when most of the members have them. */
function clientFor(uri: string): mongo.MongoClient {
  try {
    return new mongoose.mongo.MongoClient(uri, {
      serverSelectionTimeoutMS: REACH_MS,
      readPreference: 'primary',
      writeConcern: { w: 'majority' },
    })
  } catch {
    throw new WrongCall(wording.notAddress)
  }
}
