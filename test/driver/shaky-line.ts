import { afterAll, beforeAll } from '@jest/globals'
import { startProxy, type CuttingProxy, type Fate } from '../support/cutting-proxy.ts'

/** A line to the server of a test file that breaks where a test wants it. */
export interface ShakyLine {
  uri: string
  /** Breaks the line at the next such command: before the server hears it, or before its reply is heard. */
  cut: (when: 'before' | 'after', command: string) => void
  /** How often such a command was sent. */
  heard: (command: string) => number
}

/** A line to `uri`, a `mongodb://` address, for the tests of one file. */
export function shakyLine(uri: () => string): ShakyLine {
  const fates = new Map<string, Fate>()
  const counts = new Map<string, number>()
  let proxy: CuttingProxy | undefined
  const line: ShakyLine = {
    uri: '',
    cut: (when, command) => void fates.set(command, when === 'before' ? 'is lost' : 'loses its answer'),
    heard: command => counts.get(command) ?? 0,
  }
  beforeAll(async () => {
    proxy = await startProxy(uri(), command => {
      const [name = ''] = Object.keys(command)
      counts.set(name, line.heard(name) + 1)
      const fate = fates.get(name) ?? 'passes'
      fates.delete(name)
      return fate
    })
    line.uri = proxy.uri
  })
  afterAll(() => proxy?.close())
  return line
}
