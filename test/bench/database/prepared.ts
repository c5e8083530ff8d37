import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './engine.ts'
import { byEmail, byScore, fill } from './fill.ts'

/** Snapshots that are kept from being written in a folder that shall hold only logs. */
const KEPT_AWAY = 20

/**
 * Makes a data folder of so many documents with two indexes beside `_id`. Without `snapshots` it is what a crash in
 * the middle of each snapshot would leave: a folder stands where the snapshot's file would be written.
 */
export async function prepare(
  engine: Engine,
  folder: string,
  { documents, snapshots }: { documents: number; snapshots: boolean },
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { client, stop } = await engine.start(folder, 'interval', 8)
  const inTheWay = snapshots || !engine.unfinishedSnapshot ? [] : blocked(engine.unfinishedSnapshot, folder)
  for (const path of inTheWay) mkdirSync(path)
  try {
    await fill(client.db('bench-opening').collection('documents'), documents, [byEmail, byScore])
  } finally {
    await stop()
  }
  for (const path of inTheWay) rmSync(path, { recursive: true, force: true })
}

const blocked = (name: (n: number) => string, folder: string): string[] =>
  Array.from({ length: KEPT_AWAY }, (_, n) => join(folder, name(n)))

/** What a data folder holds: `snapshot-1 61 MB, log-1 138 MB`. */
export function contentsOf(folder: string): string {
  const sizes = readdirSync(folder).map(name => ({ name, bytes: statSync(join(folder, name)).size }))
  return sizes
    .filter(({ bytes }) => bytes > 1_000_000)
    .map(({ name, bytes }) => `${name} ${(bytes / 1e6).toFixed(0)} MB`)
    .join(', ')
}
