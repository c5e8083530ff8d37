import { Timestamp } from 'bson'
import type { Snapshot } from '../storage/history.ts'
import type { Store } from '../storage/store.ts'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'

/** As long as MongoDB keeps them by default (minSnapshotHistoryWindowInSeconds). */
const keptFor = 300_000

/**
 * The times of this cluster of one: its start in seconds, and commits counted from there. Reads with the concern
 * “snapshot” see the database as it was at such a time.
 */
export class Snapshots {
  private readonly store: Store
  private readonly startedAt = Math.floor(Date.now() / 1000)
  private readonly kept = new Map<number, Snapshot & { until: number }>()

  constructor(store: Store) {
    this.store = store
    store.history.relieve = () => this.endOldest()
  }

  private timeOf(commit: number): Timestamp {
    return new Timestamp({ t: this.startedAt, i: commit + 1 })
  }

  /**
   * What every reply tells of the time, so that drivers can ask for what happened before. `$clusterTime`, which they
   * would send along with every command, would tell no more where there is one server, at a fifth more work for both.
   */
  stamp(): Doc {
    return { operationTime: this.timeOf(this.store.commits) }
  }

  /** The snapshot of a time, or of now; it can be read for some minutes. */
  at(time: Timestamp | undefined): Snapshot {
    const commit = time ? time.i - 1 : this.store.commits
    let found = time && time.t !== this.startedAt ? undefined : this.kept.get(commit)
    if (!found && commit === this.store.commits) {
      found = { snapshot: commit, until: Date.now() + keptFor }
      this.kept.set(commit, found)
      this.store.history.open(found)
    }
    if (found) return found
    throw new MongoError(
      'SnapshotUnavailable',
      'Unable to read from a snapshot: it is too old or not of this server.',
    )
  }

  /** The reply to a read of a snapshot, which tells its time. */
  stamped(reply: Doc, { snapshot }: Snapshot): Doc {
    const atClusterTime = this.timeOf(snapshot)
    return reply.cursor
      ? { ...reply, cursor: { ...reply.cursor, atClusterTime } }
      : { ...reply, atClusterTime }
  }

  /** Lets the snapshots go whose time is over. */
  expire(now: number): void {
    for (const snapshot of this.kept.values()) if (snapshot.until < now) this.end(snapshot)
  }

  private endOldest(): boolean {
    const [oldest] = this.kept.values()
    if (oldest) this.end(oldest)
    return oldest !== undefined
  }

  private end(snapshot: Snapshot): void {
    this.kept.delete(snapshot.snapshot)
    this.store.history.close(snapshot)
  }
}
