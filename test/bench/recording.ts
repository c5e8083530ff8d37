import { appendFileSync, readFileSync } from 'node:fs'
import { type CommandStartedEvent, type Document, type MongoClient } from 'mongodb'
import { EJSON } from 'bson'

/** One command of an answer, as it went over the wire without the driver's own fields. */
export interface Recorded {
  command: Document
  /** Runs inside the answer's transaction. */
  inTransaction: boolean
}

/** What one answer asked of the database: commands of one wave were under way together. */
export interface Answer {
  /** Token and path of the request. */
  key: string
  waves: Recorded[][]
  reply: string
}

const DRIVER_FIELDS = [
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  '$db',
  '$clusterTime',
  '$readPreference',
  'readConcern',
]
/** What the driver says for itself, not for the caller. */
const HOUSEKEEPING = ['hello', 'ismaster', 'endSessions', 'ping', 'killCursors']

/** Listens to a client's commands, one request at a time. */
export function recorder(client: MongoClient): { begin: () => void; end: () => Recorded[][] } {
  let waves: Recorded[][] = []
  const under = new Set<number>()
  client.on('commandStarted', (event: CommandStartedEvent) => {
    if (HOUSEKEEPING.includes(event.commandName)) return
    const wave = under.size > 0 ? waves.at(-1) : undefined
    const one = recordedOf(event)
    if (wave) wave.push(one)
    else waves.push([one])
    under.add(event.requestId)
  })
  client.on('commandSucceeded', ({ requestId }) => under.delete(requestId))
  client.on('commandFailed', ({ requestId }) => under.delete(requestId))
  return {
    begin: () => {
      waves = []
    },
    end: () => waves,
  }
}

function recordedOf({ command }: CommandStartedEvent): Recorded {
  const kept = Object.entries(command).filter(([name]) => !DRIVER_FIELDS.includes(name))
  return { command: Object.fromEntries(kept), inTransaction: command.autocommit === false }
}

/** Adds one answer to a recording. */
export const keep = (file: string, answer: Answer): void =>
  appendFileSync(file, `${EJSON.stringify(answer, { relaxed: false })}\n`)

/** Every answer of a recording, by its key. */
export function recording(file: string): Map<string, Answer> {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
  const answers = lines.map(line => EJSON.parse(line, { relaxed: false }) as Answer)
  return new Map(answers.map(answer => [answer.key, answer]))
}

/** How often each command runs per answer, on average. */
export function commandMix(answers: Iterable<Answer>): Record<string, number> {
  const counts: Record<string, number> = {}
  let total = 0
  for (const { waves } of answers) {
    total++
    for (const { command } of waves.flat()) {
      const name = nameOf(command)
      counts[name] = (counts[name] ?? 0) + 1
    }
  }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, round(count / total)]))
}

/** `find sessions`, `commitTransaction` */
export function nameOf(command: Document): string {
  const [name = '', target] = Object.entries(command)[0] ?? []
  return typeof target === 'string' ? `${name} ${target}` : name
}

const round = (value: number): number => Math.round(value * 100) / 100
