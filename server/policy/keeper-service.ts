import { join } from 'node:path'
import { makeFolder } from '../base/folder.ts'
import type { Log } from '../base/log.ts'
import type { Embedder } from '../clients/embedding.ts'
import { corpusStamp, facesOf, liveVersions, versionsOf, type VersionFace } from './corpus-service.ts'
import { documentWeight } from './document-weight.ts'
import type { IndexedFace } from './index-call.ts'
import { learnedTable, openPolicyIndex, type PolicyIndex } from './index-service.ts'
import { keepVectorsOf } from './meaning-service.ts'
import type { Asked, Found } from './retrieval.ts'

/** How often it is looked whether documents changed, in this process or another. */
const LOOK_MS = 3_000
/** Looks between two tries to get vectors that could not be had. */
const PAUSE_LOOKS = 20
/** Versions that are handed to the index at once; between two lots it answers questions. */
const LOT = 20

/** What is asked of the clauses; the index behind it follows the database by itself. */
export interface PolicySearch {
  /** Waits until the index has once been what the database is. */
  search: (asked: Asked) => Promise<Found>
  /** Whether the index has once been what the database is: until then nothing can be told to be missing. */
  isReady: () => boolean
  /** Brings the index up to what the database is now. */
  refresh: () => Promise<void>
  /** The number of articles; 0 for a library without documents. */
  articles: () => number
  stop: () => Promise<void>
}

export interface Keeping {
  /** Where the index is saved between starts. */
  folder: string
  log: Log
  /** The place of those who ask, the widest first; see `documentWeight`. */
  home?: readonly string[]
  embedder?: Embedder | undefined
  /** Called after the documents or their status changed. */
  onChange?: () => Promise<unknown>
}

/** Keeps the index of a database's policy documents. It is opened when it is first needed, or by `refresh`. */
export function keepIndex(keeping: Keeping): PolicySearch {
  const { log, onChange } = keeping
  let opened: Promise<PolicyIndex> | undefined
  let index: PolicyIndex | undefined
  let stamp = ''
  /** Documents changed, and what follows from it is not done yet. */
  let due = false
  /** Looks until the vectors that are missing are asked for again; 0 where none are. */
  let pause = 0
  let last: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const stopping = new AbortController()
  const { signal } = stopping
  let kept = new Set<string>()
  let meaning: Promise<void> = Promise.resolve()

  const open = (): Promise<PolicyIndex> => (opened ??= reopen().catch(notOpened))
  /** The next look tries again. */
  const notOpened = (error: unknown): never => {
    opened = undefined
    throw error
  }
  const reopen = async (): Promise<PolicyIndex> => {
    makeFolder(keeping.folder)
    const fresh = await openPolicyIndex({
      indexFile: join(keeping.folder, 'policy.index'),
      learnedFile: learnedTable,
    })
    index = fresh
    void fresh.ended.then(error => {
      if (signal.aborted) return
      log.error({ error }, 'the policy index ended and is opened anew')
      opened = index = undefined
      kept = new Set()
      stamp = ''
    })
    return fresh
  }
  const look = async (): Promise<void> => {
    const target = await open()
    const now = await corpusStamp()
    if (now !== stamp) {
      const changed = await bringUp(target, keeping.home ?? [])
      due ||= stamp !== '' || changed
      stamp = now
      if (changed)
        void target.save().catch((error: unknown) => log.error({ error }, 'policy index not saved'))
      understand(target)
    } else if (pause > 0 && --pause === 0) understand(target)
    if (due) await follow()
  }
  /** What follows from a change; when it fails the next look tries again. */
  const follow = async (): Promise<void> => {
    try {
      await onChange?.()
      due = false
    } catch (error) {
      log.error({ error }, 'what follows from changed documents was not done')
    }
  }
  /** Vectors may take hours to make; nobody waits for them. */
  const understand = (target: PolicyIndex): void => {
    const { embedder } = keeping
    if (!embedder) return
    meaning = meaning
      .then(async () => keepVectorsOf(target, await liveVersions(), { embedder, log, kept, signal }))
      .catch((error: unknown) => {
        pause = PAUSE_LOOKS
        log.warn({ error }, 'not all articles have vectors')
      })
  }
  const refresh = (): Promise<void> => {
    const own = last.then(look)
    last = own.catch(() => undefined)
    return own
  }
  const watch = (): void => {
    if (timer || signal.aborted) return
    timer = setInterval(() => {
      void refresh().catch((error: unknown) => log.error({ error }, 'policy index not brought up to date'))
    }, LOOK_MS).unref()
  }
  return {
    search: async asked => {
      watch()
      if (stamp === '') await refresh()
      return (await open()).search(asked)
    },
    isReady: () => stamp !== '',
    refresh: () => {
      watch()
      return refresh()
    },
    articles: () => index?.size.articles ?? 0,
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      await Promise.all([last, meaning])
      await (await opened)?.stop()
    },
  }
}

/** Makes the index what the database is; answers whether anything had to change. */
async function bringUp(index: PolicyIndex, home: readonly string[]): Promise<boolean> {
  const ids = await liveVersions()
  const live = new Set(ids)
  const known = new Map((await index.faces()).map(face => [face.key, face]))
  const gone = [...known.keys()].filter(key => !live.has(key))
  if (gone.length > 0) await index.remove(gone)
  const stale: string[] = []
  for await (const face of facesOf(ids)) if (!isSame(known.get(face.key), face, home)) stale.push(face.key)
  let lot = []
  for await (const { level, region, ...version } of versionsOf(stale)) {
    lot.push({ ...version, weight: documentWeight(level, region, home) })
    if (lot.length === LOT) index.size = await index.add(lot.splice(0))
  }
  if (lot.length > 0) index.size = await index.add(lot)
  return gone.length > 0 || stale.length > 0
}

function isSame(known: IndexedFace | undefined, face: VersionFace, home: readonly string[]): boolean {
  if (known === undefined) return false
  const { name, otherNames, from, until, level, region } = face
  const now = [name, ...otherNames, from, until, documentWeight(level, region, home)]
  return (
    now.join('\n') === [known.name, ...known.otherNames, known.from, known.until, known.weight].join('\n')
  )
}
