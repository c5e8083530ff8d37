import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import type { DiskEvent } from './disk-journal.ts'
import type { Random } from './random.ts'

const pageBytes = 4096

interface Extent {
  at: number
  bytes: number
}

export const eventsOf = (journal: string): DiskEvent[] =>
  readFileSync(journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as DiskEvent)

/** What had been written to each file and was not covered by an fsync when the journal ends. */
export function unsynced(events: DiskEvent[]): Map<string, Extent[]> {
  const open = new Map<string, (Extent & { line: number })[]>()
  for (const [line, event] of events.entries()) {
    const extents = open.get(event.file) ?? []
    // A lock says who runs, and holds no data.
    if (basename(event.file) === 'lock') continue
    if (event.kind === 'write') open.set(event.file, [...extents, { at: event.at, bytes: event.bytes, line }])
    else if (!extents.length) continue
    else if (event.kind === 'sync')
      open.set(
        event.file,
        extents.filter(extent => extent.line >= event.from),
      )
    else {
      open.delete(event.file)
      open.set(event.to, extents)
    }
  }
  return open
}

/** Cuts off a file where the first thing that was not on the disk began. */
export function loseFromFirst(file: string, extents: Extent[]): void {
  if (!extents.length || !existsSync(file)) return
  const descriptor = openSync(file, 'r+')
  ftruncateSync(descriptor, Math.min(...extents.map(extent => extent.at), fstatSync(descriptor).size))
  closeSync(descriptor)
}

/** Of the pages that were not on the disk, loses some: what was written there is zeros again. */
export function loseSomePages(file: string, extents: Extent[], random: Random): number {
  if (!existsSync(file)) return 0
  const descriptor = openSync(file, 'r+')
  const lost = new Map<number, boolean>()
  for (const { at, bytes } of extents)
    for (let from = at; from < at + bytes;) {
      const page = Math.floor(from / pageBytes)
      const to = Math.min(at + bytes, (page + 1) * pageBytes)
      if (!lost.has(page)) lost.set(page, random.below(2) === 0)
      if (lost.get(page)) writeSync(descriptor, Buffer.alloc(to - from), 0, to - from, from)
      from = to
    }
  closeSync(descriptor)
  return [...lost.values()].filter(Boolean).length
}
