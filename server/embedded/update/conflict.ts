import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'

/** One path may be written once, not together with one above it; `$[]` and plain steps may not share an array. */
export function refuseConflicts(update: Doc): void {
  const paths = Object.entries(update).flatMap(([name, fields]) =>
    Object.entries(fields as Doc).flatMap(([path, to]) => (name === '$rename' ? [path, String(to)] : [path])),
  )
  if (paths.length < 2) return
  refuseOverlap(paths)
  const kinds = new Map<string, boolean>()
  for (const path of paths)
    for (const [at, step, steps] of path.split('.').map((one, place, all) => [place, one, all] as const)) {
      const above = steps.slice(0, at).join('.')
      const filtered = step.startsWith('$[')
      if ((kinds.get(above) ?? filtered) !== filtered) throw conflict(path, above)
      kinds.set(above, filtered)
    }
}

/** Refuses paths of which one is another or stands above it. */
export function refuseOverlap(paths: string[]): void {
  if (paths.length < 2) return
  const seen = new Set(paths)
  for (const path of paths) {
    const above = path.split('.').map((_, count, steps) => steps.slice(0, count).join('.'))
    const other = seen.size < paths.length ? path : above.find(part => seen.has(part))
    if (other !== undefined) throw conflict(path, other)
  }
}

const conflict = (path: string, at: string) =>
  new MongoError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${at}'`,
  )
