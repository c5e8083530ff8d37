import { readDatabaseCall, type DatabaseCall } from './cli/database-call.ts'
import { WrongCall } from './cli/command.ts'
import { onStop } from './cli/signal.ts'
import { wording } from './cli/wording.ts'
import { makeFolder } from './base/folder.ts'
import { sentencesOf, StartError } from './base/start-error.ts'
import { openEngine, type Engine } from './embedded/engine.ts'

const words = wording.database
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (lines: readonly string[]): void => void process.stderr.write(`${lines.join('\n')}\n`)

async function open({ directory, port, fsync, repair }: DatabaseCall): Promise<Engine> {
  if (directory !== null) makeFolder(directory)
  return openEngine({ directory, port, fsync, repair, log: line => complain([line]) })
}

/** What the person reads when the engine does not open. */
function reasonOf(error: unknown, call: DatabaseCall): readonly string[] {
  const { code, message, file, offset } = error as NodeJS.ErrnoException & { file?: string; offset?: number }
  if (code === 'EADDRINUSE') return [words.portTaken(call.port)]
  if (code === 'EACCES' && (error as NodeJS.ErrnoException).syscall === 'listen')
    return [words.portForbidden(call.port)]
  if (code === 'EMBEDDED_LOCKED') return [words.folderInUse, message]
  if (code === 'EMBEDDED_FORMAT') return [words.format, message]
  if (error instanceof StartError) return [words.folderImpossible(call.directory ?? '')]
  if (code === 'EMBEDDED_DAMAGED') return [words.damaged(file ?? '', offset ?? 0), message]
  return sentencesOf(error)
}

async function stop(engine: Engine, { directory }: DatabaseCall): Promise<void> {
  try {
    await engine.stop()
    say(directory === null ? words.stoppedMemory : words.stopped)
    process.exit(0)
  } catch (error) {
    complain([words.notStopped, ...sentencesOf(error)])
    process.exit(1)
  }
}

async function run(): Promise<void> {
  const call = readDatabaseCall(process.argv.slice(2))
  if (call === 'help') return say(words.help)
  try {
    const engine = await open(call)
    onStop(() => void stop(engine, call))
    say(words.ready(engine.uri))
  } catch (error) {
    complain([words.cannotOpen, ...reasonOf(error, call).map(line => `  ${line}`)])
    process.exitCode = 1
  }
}

run().catch((error: unknown) => {
  complain(error instanceof WrongCall ? [error.message, '', words.help] : sentencesOf(error))
  process.exitCode = 2
})
