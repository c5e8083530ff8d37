import { jest } from '@jest/globals'
import mongoose from 'mongoose'
import { databaseUri } from './app.ts'

export interface AnotherProcess {
  runDue: typeof import('#server/jobs').runDue
  timetable: typeof import('#server/jobs').timetable
  say: typeof import('#server/chat/service').say
  end: () => Promise<void>
}

/** A server process beside the one under test: modules of its own, a connection of its own, the same database. */
export async function anotherProcess(): Promise<AnotherProcess> {
  const dbName = mongoose.connection.name
  let process: AnotherProcess | undefined
  await jest.isolateModulesAsync(async () => {
    const database = await import('#server/base/database')
    const { runDue, timetable } = await import('#server/jobs')
    const { say } = await import('#server/chat/service')
    await database.connect(databaseUri(), { dbName })
    process = { runDue, timetable, say, end: database.disconnect }
  })
  if (!process) throw new Error('the other process did not start')
  return process
}
