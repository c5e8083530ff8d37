import type { Sessions } from '../command/session.ts'
import type { Collection, CollectionOptions } from '../storage/collection.ts'
import type { IndexSpec } from '../storage/index.ts'
import { readPut } from '../storage/change.ts'
import { splitNamespace, type Store } from '../storage/store.ts'
import { decode } from '../value/decode.ts'
import type { Doc } from '../value/document.ts'

/** Puts the changes of a snapshot and of logs into an empty store. Indexes are built once, at the end. */
export class Replay {
  private readonly store: Store
  private readonly sessions: Sessions
  private readonly format: number
  private readonly specs = new Map<Collection, Map<string, IndexSpec>>()

  constructor(store: Store, sessions: Sessions, format: number) {
    this.store = store
    this.sessions = sessions
    this.format = format
  }

  apply(bytes: Buffer): void {
    const put = readPut(bytes)
    if (put) return this.collection(put.namespace).restore(put.document)
    const change = decode(bytes)
    if (change.delete) this.collection(change.delete).restoreDeletion(change.id)
    else if (change.applied) this.sessions.restore(change.applied, change.number, change.reply)
    else if (change.format) this.checkFormat(change.format)
    else this.applyToSchema(change)
  }

  private applyToSchema(change: Doc): void {
    if (change.create) this.collection(change.create, change.options)
    else if (change.modify) this.collection(change.modify).options = change.options
    else if (change.drop) this.store.drop(this.collection(change.drop))
    else if (change.rename) this.store.rename(this.collection(change.rename), ...splitNamespace(change.to))
    else if (change.index) this.specsOf(change.index).set(change.spec.name, change.spec)
    else if (change.unindex) this.specsOf(change.unindex).delete(change.name)
    else throw new Error(`the data holds a change unknown to this version: ${Object.keys(change).join(', ')}`)
  }

  private checkFormat(found: number): void {
    if (found !== this.format)
      throw Object.assign(
        new Error(
          `the data has format ${found}, this version reads format ${this.format}: start the version that wrote it`,
        ),
        { code: 'EMBEDDED_FORMAT' },
      )
  }

  private collection(namespace: string, options?: CollectionOptions): Collection {
    const parts = splitNamespace(namespace)
    return this.store.collection(...parts) ?? this.store.create(...parts, { options })
  }

  private specsOf(namespace: string): Map<string, IndexSpec> {
    const collection = this.collection(namespace)
    const specs = this.specs.get(collection) ?? new Map<string, IndexSpec>()
    this.specs.set(collection, specs)
    return specs
  }

  finish(): void {
    for (const collection of this.store.collections.values())
      collection.rebuild(this.specs.get(collection)?.values() ?? [])
  }
}
