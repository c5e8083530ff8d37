import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { program, root } from '#server/base/paths'
import type { FromIndex, IndexCall, IndexCalls, IndexedFace, IndexSize, IndexStart } from './index-call.ts'

/** The table of what words of questions lead to that comes with the product. */
export const learnedTable = join(root, 'dist/server/learned-words.tsv')

/** The index of all policy documents, in a thread of its own: the server never waits for a search. */
export interface PolicyIndex {
  search: Call<'search'>
  add: Call<'add'>
  remove: Call<'remove'>
  keepVectors: Call<'keepVectors'>
  /** Writes the index to its file. */
  save: () => Promise<IndexSize>
  faces: () => Promise<IndexedFace[]>
  size: IndexSize
  /** Why the saved index could not be used and documents must be added anew; nothing where it could. */
  rebuilt: string | undefined
  /** Settles when the thread ends: without an error after `stop`. */
  ended: Promise<Error | undefined>
  stop: () => Promise<void>
}

type Call<Kind extends keyof IndexCalls> = (
  asked: IndexCalls[Kind]['asked'],
) => Promise<IndexCalls[Kind]['answer']>

interface Waiting {
  resolve: (answer: unknown) => void
  reject: (error: Error) => void
}

/** Starts the thread and loads the saved index. */
export async function openPolicyIndex(start: IndexStart): Promise<PolicyIndex> {
  const worker = new Worker(program('policy-worker'), { workerData: start })
  const waiting = new Map<number, Waiting>()
  const ended = endOf(worker, waiting)
  const ready = await Promise.race([firstMessage(worker), ended.then(failing)])
  worker.on('message', (message: FromIndex) => settle(waiting, message))
  let id = 0
  const call = <Kind extends keyof IndexCalls>(kind: Kind, asked: IndexCalls[Kind]['asked']) =>
    new Promise<IndexCalls[Kind]['answer']>((resolve, reject) => {
      waiting.set(++id, { resolve: resolve as Waiting['resolve'], reject })
      worker.postMessage({ id, kind, asked } as IndexCall)
    })
  return {
    search: asked => call('search', asked),
    add: asked => call('add', asked),
    remove: asked => call('remove', asked),
    keepVectors: asked => call('keepVectors', asked),
    save: () => call('save', undefined),
    faces: () => call('faces', undefined),
    size: ready.size,
    rebuilt: ready.rebuilt,
    ended,
    stop: async () => {
      await worker.terminate()
    },
  }
}

function settle(waiting: Map<number, Waiting>, message: FromIndex): void {
  if (message.kind === 'ready') return
  const one = waiting.get(message.id)
  waiting.delete(message.id)
  if (message.kind === 'answer') one?.resolve(message.answer)
  else one?.reject(new Error(message.message))
}

const firstMessage = (worker: Worker) =>
  new Promise<FromIndex & { kind: 'ready' }>(resolve => {
    worker.once('message', resolve)
  })

const failing = (error: Error | undefined): never => {
  throw error ?? new Error('the thread of the policy index ended before it was ready')
}

/** Fails every open call when the thread ends, whatever the reason. */
function endOf(worker: Worker, waiting: Map<number, Waiting>): Promise<Error | undefined> {
  return new Promise(resolve => {
    let failure: Error | undefined
    worker.once('error', (error: Error) => {
      failure = error
    })
    worker.once('exit', () => {
      for (const { reject } of waiting.values()) reject(failure ?? new Error('the policy index was stopped'))
      waiting.clear()
      resolve(failure)
    })
  })
}
