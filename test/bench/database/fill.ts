import type { Collection, IndexDescription } from 'mongodb'
import { documentOf } from './document.ts'

const BATCH = 1_000
/** Batches under way at once. */
const HANDS = 4

/** Makes a collection of the first `count` documents, with these indexes beside that of `_id`. */
export async function fill(
  collection: Collection,
  count: number,
  indexes: readonly IndexDescription[],
): Promise<void> {
  if (indexes.length > 0) await collection.createIndexes([...indexes])
  let next = 0
  const hand = async (): Promise<void> => {
    while (next < count) {
      const from = next
      next += BATCH
      const length = Math.min(BATCH, count - from)
      await collection.insertMany(
        Array.from({ length }, (_, i) => documentOf(from + i)),
        { ordered: false },
      )
    }
  }
  await Promise.all(Array.from({ length: HANDS }, hand))
}

export const byEmail: IndexDescription = { key: { email: 1 }, unique: true }
export const byScore: IndexDescription = { key: { g: 1, score: -1 } }
