import { connect, disconnect } from '../base/database.ts'
import type { Env } from '../base/env.ts'
import { makeFolder } from '../base/folder.ts'
import { openEngine } from '../embedded/engine.ts'
import { findRunning } from '../embedded/lock.ts'

/** A database as the server would find it, and how to let it go. */
export interface Opened {
  uri: string
  end: () => Promise<void>
}

/**
 * The database the server uses: MONGODB_URI, or the embedded engine of a running server through its lock file, or the
 * data folder itself, opened here, when no server runs.
 */
export async function openAsServer({ mongodbUri, dataDir, fsync }: Env): Promise<Opened> {
  const running = mongodbUri ? { uri: mongodbUri } : await findRunning(dataDir)
  if (running) return { uri: running.uri, end: async () => {} }
  makeFolder(dataDir)
  const engine = await openEngine({ directory: dataDir, port: 0, fsync })
  return { uri: engine.uri, end: engine.stop }
}

/** Connects the models to the database the server uses. Answers how to end it. */
export async function connectAsServer(env: Env): Promise<() => Promise<void>> {
  const { uri, end } = await openAsServer(env)
  const endBoth = async () => {
    await disconnect()
    await end()
  }
  await connect(uri).catch(async (error: unknown) => {
    await endBoth()
    throw error
  })
  return endBoth
}
