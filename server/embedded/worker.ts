import { parentPort, workerData } from 'node:worker_threads'
import { openEngine, type EngineOptions } from './engine.ts'

/** What the worker tells the thread that started it. */
export type FromWorker =
  | { kind: 'ready'; uri: string }
  | { kind: 'line'; line: string }
  | { kind: 'failed'; message: string; details: { code?: string; file?: string; offset?: number } }
  | { kind: 'stopped' }

const tell = (message: FromWorker) => parentPort?.postMessage(message)

function tellFailure(error: unknown): void {
  const { message, code, file, offset } = error as Error & { code?: string; file?: string; offset?: number }
  tell({ kind: 'failed', message, details: { code, file, offset } })
}

async function run(): Promise<void> {
  const options = workerData as EngineOptions
  const engine = await openEngine({ ...options, log: line => tell({ kind: 'line', line }) })
  parentPort?.once('message', () => {
    engine.stop().then(() => {
      tell({ kind: 'stopped' })
      parentPort?.close()
    }, tellFailure)
  })
  tell({ kind: 'ready', uri: engine.uri })
}

run().catch(tellFailure)
