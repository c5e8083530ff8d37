import type { mongo } from 'mongoose'
import { isTemporary, type temporaryNames } from './temporary.ts'

type Undo = () => Promise<unknown>

/**
 * Renames collections into place, one after another, what was there aside first; a running server misses none of them
 * for longer than a moment. A failure puts everything back. What is in no name of `names` goes aside too.
 */
export async function switchOver(
  db: mongo.Db,
  names: string[],
  { coming, leaving }: ReturnType<typeof temporaryNames>,
): Promise<void> {
  const found = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)
  const there = new Set(found.filter(name => !isTemporary(name) && !name.startsWith('system.')))
  const undo: Undo[] = []
  // A server at work may have made the collection anew in between.
  const rename = async (from: string, to: string) => {
    await db.renameCollection(from, to, { dropTarget: true })
    undo.push(() => db.renameCollection(to, from, { dropTarget: true }))
  }
  try {
    for (const name of new Set([...names, ...there])) {
      if (there.has(name)) await rename(name, leaving(name))
      if (names.includes(name)) await rename(coming(name), name)
    }
  } catch (error) {
    for (const step of undo.reverse()) await step()
    throw error
  }
}
