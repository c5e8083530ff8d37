import { rmSync } from 'node:fs'
import { running } from './global-setup.ts'

/** Ends the engine of the run and removes its files. */
export default async function tearDown(): Promise<void> {
  await running.stop?.()
  if (running.directory) rmSync(running.directory, { recursive: true, force: true })
}
