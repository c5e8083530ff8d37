import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { program } from '#server/base/paths'
import { UnreadableError, type Obstacle, type Part } from './part.ts'
import { isHeavy, MAX_FILE_BYTES, readParts } from './read.ts'

const MAX_HEAP_MB = 768
const MAX_MILLISECONDS = 120_000

type Answer = { parts: Part[] } | { obstacle: Obstacle; message: string }

/**
 * Like readParts, with spreadsheets and Word files read in a thread that may use a limited heap and time.
 * Without a compiled server they are read here, after the same checks of declared sizes.
 */
export async function readGuarded(bytes: Uint8Array, name: string): Promise<Part[]> {
  const file = program('reading-worker')
  if (bytes.length > MAX_FILE_BYTES || !isHeavy(bytes) || !existsSync(file)) return readParts(bytes, name)
  const answer = await ask(file, bytes, name)
  if ('obstacle' in answer) throw new UnreadableError(answer.obstacle, answer.message)
  return answer.parts
}

function ask(file: string, bytes: Uint8Array, name: string): Promise<Answer> {
  return new Promise(done => {
    const worker = new Worker(file, {
      workerData: { bytes, name },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    })
    const end = (answer: Answer) => {
      clearTimeout(timer)
      done(answer)
      void worker.terminate()
    }
    const timer = setTimeout(
      () => end({ obstacle: 'too-slow', message: `not read within ${MAX_MILLISECONDS} ms` }),
      MAX_MILLISECONDS,
    )
    worker.once('message', (answer: Answer) => end(answer))
    worker.once('error', (cause: Error & { code?: string }) =>
      end({
        obstacle: cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'broken',
        message: String(cause),
      }),
    )
    worker.once('exit', code => end({ obstacle: 'broken', message: `the reading thread ended with ${code}` }))
  })
}
