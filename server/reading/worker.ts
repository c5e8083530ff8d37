import { parentPort, workerData } from 'node:worker_threads'
import { UnreadableError } from './part.ts'
import { readParts } from './read.ts'

/** What the worker is given, and what it answers. */
const { bytes, name } = workerData as { bytes: Uint8Array; name: string }

readParts(bytes, name).then(
  parts => parentPort?.postMessage({ parts }),
  (cause: unknown) =>
    parentPort?.postMessage(
      cause instanceof UnreadableError
        ? { obstacle: cause.obstacle, message: cause.message }
        : { obstacle: 'broken', message: String(cause) },
    ),
)
