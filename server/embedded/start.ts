import { Worker } from 'node:worker_threads'
import type { Fsync } from './log/log.ts'
import type { FromWorker } from './worker.ts'

/** How an engine is started beside the server. */
export interface StartOptions {
  /** Where the data is; null keeps it in memory only. */
  directory: string | null
  port: number
  fsync: Fsync
  /** Goes on with the sound part of a damaged log; the whole is kept beside it. */
  repair?: boolean
  /** The compiled `worker.ts`. */
  workerFile: string
  log?: (line: string) => void
}

/**
 * Starts an engine in a worker thread, so that a long scan never stops the server. Rejects with the worker's error:
 * code EMBEDDED_LOCKED when another engine uses the folder, EMBEDDED_DAMAGED with file and offset when data is damaged.
 * When the worker dies later, the process does too: without its data it has nothing to say.
 */
export async function startEmbedded(options: StartOptions): Promise<{ uri: string; stop(): Promise<void> }> {
  const { workerFile, log = () => {}, ...workerData } = options
  const worker = new Worker(workerFile, { workerData })
  worker.on('message', (message: FromWorker) => message.kind === 'line' && log(message.line))
  try {
    const { uri } = await answerOf(worker, 'ready')
    return { uri, stop: () => stop(worker) }
  } catch (error) {
    await worker.terminate()
    throw error
  }
}

async function stop(worker: Worker): Promise<void> {
  const stopped = answerOf(worker, 'stopped')
  worker.postMessage('stop')
  await stopped
  await worker.terminate()
}

/** The worker's next message of a kind; rejects when it fails or ends instead. */
function answerOf<K extends FromWorker['kind']>(
  worker: Worker,
  kind: K,
): Promise<Extract<FromWorker, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number) => reject(new Error(`the embedded database ended with code ${code}`))
    const onMessage = (message: FromWorker) => {
      if (message.kind === 'failed') reject(Object.assign(new Error(message.message), message.details))
      else if (message.kind === kind) resolve(message as Extract<FromWorker, { kind: K }>)
      else return
      worker.off('message', onMessage)
      worker.off('error', reject)
      worker.off('exit', onExit)
    }
    worker.on('message', onMessage)
    worker.on('error', reject)
    worker.on('exit', onExit)
  })
}
