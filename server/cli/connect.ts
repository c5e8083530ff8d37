import { connect, disconnect } from '../base/database.ts'
import type { Env } from '../base/env.ts'
import { makeFolder } from '../base/folder.ts'
import { openEngine } from '../embedded/engine.ts'
import { findRunning } from '../embedded/lock.ts'

/**
 * Connects to the database the server uses: MONGODB_URI, or the embedded engine of a running server through its lock
 * file, or the data folder itself when no server runs. Answers how to end it.
 */
export async function connectAsServer({ mongodbUri, dataDir, fsync }: Env): Promise<() => Promise<void>> {
  const running = mongodbUri ? { uri: mongodbUri } : await findRunning(dataDir)
  if (running) {
    await connect(running.uri)
    return disconnect
  }
  makeFolder(dataDir)
  const engine = await openEngine({ directory: dataDir, port: 0, fsync })
  const end = async () => {
    await disconnect()
    await engine.stop()
  }
  await connect(engine.uri).catch(async (error: unknown) => {
    await end()
    throw error
  })
  return end
}
