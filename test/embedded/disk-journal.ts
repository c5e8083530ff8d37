import fs from 'node:fs'

// For an engine in a process of its own: writes down what it asks of the disk, ends the process at a given step, makes
// every fsync take its time, or keeps it from ending.

/** One line of the journal. */
export type DiskEvent =
  | { kind: 'write'; file: string; at: number; bytes: number }
  /** An fsync has ended; it covers what was written before the line `from`. */
  | { kind: 'sync'; file: string; from: number }
  | { kind: 'rename'; file: string; to: string }

type Call = (...args: never[]) => unknown
type Owner = Record<string, Call>

const { DISK_JOURNAL, KILL_AT_STEP, KILL_AFTER_STEP, HOLD_SYNC, SYNC_MS } = process.env
const journal = DISK_JOURNAL ? fs.openSync(DISK_JOURNAL, 'a') : undefined
const append = fs.writeSync
const files = new Map<number, string>()
/** Where the next write goes of descriptors that are written to without a place. */
const ends = new Map<number, number>()
let lines = 0
let steps: number | undefined

function note(event: DiskEvent): void {
  append(journal as number, JSON.stringify(event) + '\n')
  lines++
}

const die = () => process.kill(process.pid, 'SIGKILL')

/** From now on the changes of the folder's names and of files' lengths are counted. */
export function armSteps(): void {
  steps = 0
}

/** Ends the process before the step that was asked for, or so many milliseconds after the first one. */
function step(): void {
  if (steps === undefined) return
  steps++
  if (steps === Number(KILL_AT_STEP)) die()
  if (steps === 1 && KILL_AFTER_STEP) setTimeout(die, Number(KILL_AFTER_STEP))
}

/** Puts `around` in the place of a function, which it is handed with its arguments. */
function wrap(owner: unknown, name: string, around: (call: Call, args: unknown[]) => unknown): void {
  const original = (owner as Owner)[name] as Call
  const wrapped = (...args: unknown[]) => around(original.bind(owner) as Call, args)
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original))
  ;(owner as Owner)[name] = wrapped
}

const through = (call: Call, args: unknown[]) => call(...(args as never[]))

for (const name of ['rename', 'rm', 'unlink', 'truncate'])
  for (const [owner, label] of [
    [fs, `${name}Sync`],
    [fs, name],
    [fs.promises, name],
  ] as const)
    wrap(owner, label, (call, args) => {
      step()
      const [file, to] = args
      if (name === 'rename' && journal) note({ kind: 'rename', file: String(file), to: String(to) })
      return through(call, args)
    })

wrap(fs, 'ftruncateSync', (call, args) => {
  step()
  return through(call, args)
})
wrap(fs.promises, 'open', (call, args) => {
  step()
  return through(call, args)
})
wrap(fs, 'openSync', (call, args) => {
  step()
  const descriptor = through(call, args) as number
  files.set(descriptor, String(args[0]))
  ends.delete(descriptor)
  return descriptor
})

// A disk of which every fsync takes so many milliseconds.
if (SYNC_MS)
  wrap(fs, 'fdatasync', (call, args) => setTimeout(() => call(...(args as never[])), Number(SYNC_MS)))

// A disk that never comes to an end.
if (HOLD_SYNC) wrap(fs, 'fdatasync', () => undefined)

const lengthOf = (data: unknown): number =>
  Array.isArray(data)
    ? data.reduce((sum: number, part: Uint8Array) => sum + part.length, 0)
    : (data as Uint8Array).length

/** Room that is made by writing zeros holds nothing that could be lost. */
const isZeros = (data: unknown) => data instanceof Uint8Array && data.every(byte => byte === 0)

if (journal) {
  for (const name of ['write', 'writev'])
    for (const label of [name, `${name}Sync`])
      wrap(fs, label, (call, args) => {
        const [descriptor, data, second, length, fourth] = args
        const position = name === 'writev' ? second : fourth
        const bytes = typeof length === 'number' ? length : lengthOf(data)
        const file = files.get(descriptor as number)
        const at = typeof position === 'number' ? position : (ends.get(descriptor as number) ?? 0)
        if (typeof position !== 'number') ends.set(descriptor as number, at + bytes)
        if (file && !isZeros(data)) note({ kind: 'write', file, at, bytes })
        return through(call, args)
      })
  for (const label of ['fsync', 'fdatasync', 'fsyncSync', 'fdatasyncSync'])
    wrap(fs, label, (call, args) => {
      const event: DiskEvent = { kind: 'sync', file: files.get(args[0] as number) ?? '', from: lines }
      const done = args.at(-1)
      if (typeof done !== 'function') {
        through(call, args)
        return note(event)
      }
      return call(
        ...([
          ...args.slice(0, -1),
          (error: unknown) => {
            if (!error) note(event)
            done(error)
          },
        ] as never[]),
      )
    })
}
