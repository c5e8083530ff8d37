import { parentPort, workerData } from 'node:worker_threads'
import { readTextDocument } from './document.ts'
import { UnreadableError } from './part.ts'
import { readParts } from './read.ts'

/** What the worker is given, and what it answers. */
const { as, bytes, name } = workerData as { as: 'parts' | 'document'; bytes: Uint8Array; name: string }

const reading: Promise<unknown> = as === 'parts' ? readParts(bytes, name) : readTextDocument(bytes, name)
reading.then(
  read => parentPort?.postMessage({ read }),
  (cause: unknown) =>
    parentPort?.postMessage(
      cause instanceof UnreadableError
        ? { obstacle: cause.obstacle, message: cause.message }
        : { obstacle: 'broken', message: String(cause) },
    ),
)
