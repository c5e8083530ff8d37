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

/** How many bytes of old versions may be kept before reads of the past must end for them. */
const mostBytes = 256 * 1024 * 1024

/** Keeps old versions as long as an open snapshot may read them, and no longer. */
export class History {
  /** Open snapshots from the oldest to the newest: they open in the order of their commits. */
  private readonly snapshots = new Set<Snapshot>()
  private queue: Superseded[] = []
  private head = 0
  /** The newest open snapshot: what is younger and has been superseded nobody can read. */
  newest = -1
  /** How many bytes the old versions have. */
  bytes = 0
  /** Ends the oldest read of the past that may be ended, if there is one. */
  relieve: () => boolean = () => false

  /** Whether anybody may still read what is superseded now. */
  get isWatched(): boolean {
    return this.snapshots.size > 0
  }

  open(snapshot: Snapshot): void {
    this.snapshots.add(snapshot)
    this.newest = snapshot.snapshot
  }

  close(snapshot: Snapshot): void {
    this.snapshots.delete(snapshot)
    if (!this.isWatched) this.newest = -1
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
    while (this.bytes > mostBytes && this.relieve());
  }

  private oldest(): number {
    for (const { snapshot } of this.snapshots) return snapshot
    return Infinity
  }
}
