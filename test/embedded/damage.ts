import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from './random.ts'
import { onFolder, temporaryFolder } from './support.ts'

/** A folder with numbered documents, its log, and where the log ended when each of them was acknowledged. */
export interface Written {
  directory: string
  log: string
  bytes: Buffer
  ends: number[]
}

/** The file of a data folder that grows with every write. */
const logIn = (directory: string) =>
  join(directory, readdirSync(directory).find(name => name.startsWith('log')) as string)

/** Where what is written ends; zeros may follow. */
function endOf(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  return end
}

/** Writes documents of many sizes, one after another, and stops the engine. */
export async function written(random: Random, count: number): Promise<Written> {
  const directory = temporaryFolder()
  const ends: number[] = []
  await onFolder(directory, async db => {
    const docs = db.collection('docs')
    await docs.createIndex({ n: 1 }, { unique: true })
    for (let n = 0; n < count; n++) {
      await docs.insertOne({ n, pad: 'x'.repeat(random.below(3000)) })
      ends.push(endOf(readFileSync(logIn(directory))))
    }
  })
  const log = logIn(directory)
  return { directory, log, bytes: readFileSync(log), ends }
}

/** The numbers of the documents that an engine finds in a folder. */
export const numbersIn = (directory: string) =>
  onFolder(directory, async db =>
    (await db.collection('docs').find().sort({ n: 1 }).toArray()).map(doc => doc.n as number),
  )

/** How many documents were acknowledged before the log had grown beyond a place. */
export const acknowledgedBefore = ({ ends }: Written, place: number) =>
  ends.filter(end => end <= place).length

export const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)
