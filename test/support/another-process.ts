import { jest } from '@jest/globals'
import mongoose from 'mongoose'
import { createLog } from '#server/base/log'
import type { say } from '#server/chat/service'
import { databaseUri } from './app.ts'

type Say = Parameters<typeof say>[0]

export interface AnotherProcess {
  runDue: typeof import('#server/jobs').runDue
  timetable: typeof import('#server/jobs').timetable
  say: (call: Say) => ReturnType<typeof say>
  end: () => Promise<void>
}

/** A server process beside the one under test: modules of its own, a connection of its own, the same database. */
export async function anotherProcess(): Promise<AnotherProcess> {
  const dbName = mongoose.connection.name
  let process: AnotherProcess | undefined
  await jest.isolateModulesAsync(async () => {
    const database = await import('#server/base/database')
    const { runDue, timetable } = await import('#server/jobs')
    const chat = await import('#server/chat/service')
    const { anAssistant } = await import('./assistant.ts')
    await database.connect(databaseUri(), { dbName })
    const assistant = anAssistant(() => new Date(), createLog('silent'))
    process = {
      ...{ runDue, timetable, say: call => chat.say(call, assistant) },
      end: async () => {
        await assistant.end()
        await database.disconnect()
      },
    }
  })
  if (!process) throw new Error('the other process did not start')
  return process
}
