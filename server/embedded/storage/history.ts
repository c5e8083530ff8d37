import type { Collection } from './collection.ts'
import type { Slot } from './slot.ts'

/** Whoever reads the database as it was after a commit: a transaction, or a read that asks for it. */
export interface Snapshot {
  readonly snapshot: number
}

interface Superseded {
  commit: number
  slot: Slot
  collection: Collection
}

/** Keeps old versions as long as an open snapshot may read them, and no longer. */
export class History {
  /** Open snapshots from the oldest to the newest: they open in the order of their commits. */
  private readonly snapshots = new Set<Snapshot>()
  private queue: Superseded[] = []
  private head = 0

  /** Whether anybody may still read what is superseded now. */
  get isWatched(): boolean {
    return this.snapshots.size > 0
  }

  open(snapshot: Snapshot): void {
    this.snapshots.add(snapshot)
  }

  close(snapshot: Snapshot): void {
    this.snapshots.delete(snapshot)
    const oldest = this.oldest()
    for (let next = this.queue[this.head]; next && next.commit <= oldest; next = this.queue[++this.head])
      next.collection.forget(next.slot, oldest)
    if (this.head > 1000 && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head)
      this.head = 0
    }
  }

  /** A commit has put a newer version over one of this slot's. */
  superseded(slot: Slot, collection: Collection, commit: number): void {
    if (!this.isWatched) collection.forget(slot, Infinity)
    else this.queue.push({ commit, slot, collection })
  }

  private oldest(): number {
    for (const { snapshot } of this.snapshots) return snapshot
    return Infinity
  }
}
