import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A file to import: where it is, and its path inside of what was named, parted by `/`. */
export interface FoundFile {
  file: string
  path: string
}

/**
 * The files of a folder and its folders in the order of their paths, or the one file that was named. Hidden files are
 * left out, links are not followed. Null where there is nothing of that name.
 */
export async function findFiles(source: string): Promise<FoundFile[] | null> {
  const entry = await stat(source).catch(() => null)
  if (entry === null) return null
  if (!entry.isDirectory()) return [{ file: source, path: basename(source) }]
  const found: FoundFile[] = []
  await walk(source, '', found)
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function walk(folder: string, prefix: string, found: FoundFile[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // ~$ and .~ are what Word and WPS leave beside an open file.
    if (/^(?:\.|~\$)/.test(entry.name)) continue
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (entry.isDirectory()) await walk(join(folder, entry.name), path, found)
    else if (entry.isFile()) found.push({ file: join(folder, entry.name), path })
  }
}
