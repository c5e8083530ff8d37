import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { program } from '#server/base/paths'
import { readTextDocument, type ReadDocument } from './document.ts'
import { UnreadableError, type Obstacle, type Part } from './part.ts'
import { isHeavy, MAX_FILE_BYTES, readParts } from './read.ts'

const MAX_HEAP_MB = 768
const MAX_MILLISECONDS = 120_000
/** Buffers are outside of the thread's heap: how much the whole process may grow meanwhile, and how often that is looked at. */
const MAX_GROWTH_BYTES = 1024 ** 3
const LOOK_MS = 25
/** A text longer than this is read in the thread too: what reads quickly may still use much memory. */
const LONG_TEXT_BYTES = 512 * 1024

/** What the reading thread can be asked for. */
interface Answers {
  parts: Part[]
  document: ReadDocument
}

export type Answer<T> = { read: T } | { obstacle: Obstacle; message: string }

/**
 * Like readParts, with spreadsheets and Word files read in a thread that may use a limited heap and time.
 * Without a compiled server they are read here, after the same checks of declared sizes.
 */
export async function readGuarded(bytes: Uint8Array, name: string): Promise<Part[]> {
  if (bytes.length > MAX_FILE_BYTES || !isHeavy(bytes)) return readParts(bytes, name)
  return inThread('parts', bytes, name, readParts)
}

/** Like readTextDocument, with everything but short plain texts read in such a thread. */
export async function readDocumentGuarded(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  const plain = !isHeavy(bytes) && !isPdf(bytes) && bytes.length <= LONG_TEXT_BYTES
  if (bytes.length > MAX_FILE_BYTES || plain) return readTextDocument(bytes, name)
  return inThread('document', bytes, name, readTextDocument)
}

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')

async function inThread<Kind extends keyof Answers>(
  as: Kind,
  bytes: Uint8Array,
  name: string,
  here: (bytes: Uint8Array, name: string) => Promise<Answers[Kind]>,
): Promise<Answers[Kind]> {
  const file = program('reading-worker')
  if (!existsSync(file)) return here(bytes, name)
  const answer = await ask<Answers[Kind]>(file, { as, bytes, name })
  if ('obstacle' in answer) throw new UnreadableError(answer.obstacle, answer.message)
  return answer.read
}

function ask<T>(
  file: string,
  workerData: { as: string; bytes: Uint8Array; name: string },
): Promise<Answer<T>> {
  return new Promise(done => {
    const worker = new Worker(file, {
      workerData,
      // What libraries mutter about a file is not for the operator.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    })
    const end = (answer: Answer<T>) => {
      clearTimeout(timer)
      clearInterval(look)
      done(answer)
      void worker.terminate()
    }
    const timer = setTimeout(
      () => end({ obstacle: 'too-slow', message: `not read within ${MAX_MILLISECONDS} ms` }),
      MAX_MILLISECONDS,
    )
    const before = process.memoryUsage.rss()
    const look = setInterval(() => {
      const grown = process.memoryUsage.rss() - before
      if (grown > MAX_GROWTH_BYTES) end({ obstacle: 'too-large', message: `${grown} bytes of memory` })
    }, LOOK_MS)
    worker.once('message', (answer: Answer<T>) => end(answer))
    worker.once('error', (cause: Error & { code?: string }) =>
      end({
        obstacle: cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'broken',
        message: String(cause),
      }),
    )
    worker.once('exit', code => end({ obstacle: 'broken', message: `the reading thread ended with ${code}` }))
  })
}
