import type { ParseArgsConfig } from 'node:util'
import type { Env } from '../base/env.ts'
import type { Terminal } from './terminal.ts'

/** What a command is given: its words and options, the moment, and where to write. */
export interface Call {
  words: string[]
  options: Record<string, string | boolean | undefined>
  now: Date
  terminal: Terminal
  /** The settings; throws a `StartError` when they are wrong. */
  env: () => Env
}

/** One command of the tool. */
export interface Command {
  /** How it is called, after `npm run cli --`. */
  usage: string
  summary: string
  options: NonNullable<ParseArgsConfig['options']>
  /** How many words it wants after its name: at least and at most. */
  words: [least: number, most: number]
  /** False for what needs no database. */
  database: (call: Call) => boolean
  /** Answers true when all is well; false ends the process with 1. */
  run: (call: Call) => Promise<boolean>
}

/** What the person who typed the command did wrong. */
export class WrongCall extends Error {}

/** The text of an option, or undefined. */
export const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
