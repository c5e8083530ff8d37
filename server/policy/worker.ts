import { existsSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromIndex, IndexCall, IndexSize, IndexStart } from './index-call.ts'
import { Retrieval } from './retrieval.ts'
import { readIndex, UnusableIndex, writeIndex } from './retrieval/index-file.ts'
import { readLearned } from './retrieval/learned-file.ts'
import { PolicyLibrary } from './retrieval/library.ts'

const { indexFile, learnedFile } = workerData as IndexStart
const tell = (message: FromIndex) => parentPort?.postMessage(message)

/** The saved index, or an empty one with the reason why the file cannot be used. */
function load(): { library: PolicyLibrary; rebuilt: string | undefined } {
  if (!existsSync(indexFile)) return { library: new PolicyLibrary(), rebuilt: 'no saved index' }
  try {
    return { library: new PolicyLibrary(readIndex(readFileSync(indexFile))), rebuilt: undefined }
  } catch (error) {
    if (!(error instanceof UnusableIndex)) throw error
    return { library: new PolicyLibrary(), rebuilt: error.message }
  }
}

const { library, rebuilt } = load()
const learned = learnedFile === undefined ? undefined : readLearned(readFileSync(learnedFile, 'utf8'))
const retrieval = new Retrieval(library, learned)

const size = (): IndexSize => ({ documents: library.documents.length, articles: library.articles })

async function answer(call: IndexCall): Promise<unknown> {
  switch (call.kind) {
    case 'search':
      return retrieval.search(call.asked)
    case 'add':
      retrieval.add(call.asked)
      return size()
    case 'remove':
      retrieval.remove(call.asked)
      return size()
    case 'keepVectors':
      return retrieval.keepVectors(call.asked)
    case 'save':
      await save()
      return size()
    case 'faces':
      return library.documents.map(({ key, name, otherNames, from, until, weight }) => ({
        ...{ key, name, otherNames, from, until, weight },
      }))
  }
}

async function save(): Promise<void> {
  retrieval.settle()
  // Several processes may share the folder.
  const beside = `${indexFile}.${process.pid}.new`
  const file = await open(beside, 'w')
  try {
    for (const piece of writeIndex(library.shelves)) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, indexFile)
}

let last: Promise<void> = Promise.resolve()
/** One call after another, so that nothing changes while the index is written. */
parentPort?.on('message', (call: IndexCall) => {
  last = last.then(async () => {
    try {
      tell({ kind: 'answer', id: call.id, answer: await answer(call) })
    } catch (error) {
      tell({ kind: 'failed', id: call.id, message: error instanceof Error ? error.message : String(error) })
    }
  })
})
tell({ kind: 'ready', size: size(), rebuilt })
