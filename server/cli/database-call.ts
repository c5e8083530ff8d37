import { resolve } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { WrongCall } from './command.ts'
import { wording } from './wording.ts'

const words = wording.database
const DEFAULT_PORT = 27_017

const options = {
  port: { type: 'string' },
  data: { type: 'string' },
  memory: { type: 'boolean' },
  fsync: { type: 'string' },
  repair: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options']

/** How the engine is to be opened by itself. */
export interface DatabaseCall {
  /** Null keeps the data in memory only. */
  directory: string | null
  port: number
  fsync: 'always' | 'interval'
  repair: boolean
}

/** Reads the arguments of `npm run database`; throws a `WrongCall` with the sentence for what does not fit. */
export function readDatabaseCall(args: string[]): DatabaseCall | 'help' {
  const { help, data, memory = false, port, fsync = 'always', repair = false } = parse(args)
  if (help) return 'help'
  if (memory && data !== undefined) throw new WrongCall(words.dataOrMemory)
  if (!memory && !data) throw new WrongCall(words.dataMissing)
  if (fsync !== 'always' && fsync !== 'interval') throw new WrongCall(words.wrongFsync)
  return { directory: memory ? null : resolve(data ?? ''), port: portOf(port), fsync, repair }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, strict: true }).values
  } catch (error) {
    throw new WrongCall(wording.wrongOption(error instanceof Error ? error.message : ''))
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity
  if (port > 65_535) throw new WrongCall(words.wrongPort)
  return port
}
