import type { Packed } from '../value/packed.ts'
import type { Snapshot } from './history.ts'
import type { Transaction } from './transaction.ts'

/** A committed state of a document that some snapshot may still read; no document means deleted. */
export interface Version {
  doc: Packed | undefined
  /** The number of the commit that made it. */
  commit: number
  older: Version | undefined
}

/** The place of one `_id` in a collection: its newest committed version, older ones, and one uncommitted. */
export class Slot implements Version {
  /** The key of `_id`. */
  readonly id: string
  doc: Packed | undefined
  commit = 0
  older: Version | undefined
  /** The open transaction that has written here. */
  writer: Transaction | undefined
  /** What that transaction has written. */
  pending: Packed | undefined

  constructor(id: string) {
    this.id = id
  }

  /** What a reader sees: a transaction its own writes, then its snapshot; others what was committed last. */
  visible(reader: Snapshot | undefined): Packed | undefined {
    if (!reader) return this.doc
    if (this.writer === reader) return this.pending
    return this.asOf(reader.snapshot)
  }

  /** The document as it was after a commit. */
  asOf(commit: number): Packed | undefined {
    let version: Version | undefined = this
    while (version && version.commit > commit) version = version.older
    return version?.doc
  }

  /** Whether a reader may see another document here than the newest one, so that index entries must be checked. */
  get hasSeveral(): boolean {
    return this.older !== undefined || this.writer !== undefined
  }

  /** Every document that some reader may see here. */
  live(): Packed[] {
    const docs: Packed[] = []
    if (this.pending) docs.push(this.pending)
    for (let version: Version | undefined = this; version; version = version.older)
      if (version.doc) docs.push(version.doc)
    return docs
  }
}
