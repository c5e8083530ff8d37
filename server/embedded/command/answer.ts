import { Double } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import type { Client, Server } from './call.ts'
import { runCommand } from './run.ts'

/** Drivers find a double here; some look at its type. */
const yes = new Double(1)
const no = new Double(0)

/** Runs a command; whatever is thrown becomes the reply that MongoDB would give. */
export async function answer(server: Server, client: Client, command: Doc | MongoError): Promise<Doc> {
  try {
    if (command instanceof MongoError) throw command
    const run = () => runCommand(server, client, command)
    const reply = server.failPoints
      ? await server.failPoints.around(server, client, command, run)
      : await run()
    return { ...reply, ok: reply.ok ?? yes, ...server.snapshots.stamp() }
  } catch (error) {
    if (error instanceof MongoError) {
      const { code, codeName, message, details } = error
      return { ok: no, errmsg: message, code, codeName, ...details, ...server.snapshots.stamp() }
    }
    const { message, stack } = error as Error
    server.tell(`command ${Object.keys(command)[0]} failed: ${stack ?? message}`)
    return { ok: no, errmsg: message, code: 8, codeName: 'UnknownError' }
  }
}
