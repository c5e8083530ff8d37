import type { Document } from 'mongodb'
import { isPlain } from './model-order.ts'

// What MongoDB's manual says of projections that name fields.

type Tree = Map<string, Tree>

function treeOf(paths: string[]): Tree {
  const tree: Tree = new Map()
  for (const path of paths) {
    let at = tree
    for (const step of path.split('.')) {
      const next = at.get(step) ?? (new Map() as Tree)
      at.set(step, next)
      at = next
    }
  }
  return tree
}

const left = Symbol('left out')

function included(value: unknown, tree: Tree): unknown {
  if (!tree.size) return value
  if (Array.isArray(value)) return value.map(item => included(item, tree)).filter(item => item !== left)
  if (!isPlain(value)) return left
  const kept = Object.entries(value).map(([name, held]) => {
    const below = tree.get(name)
    return [name, below ? included(held, below) : left] as const
  })
  return Object.fromEntries(kept.filter(([, held]) => held !== left))
}

function excluded(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map(item => excluded(item, tree))
  if (!isPlain(value)) return value
  const kept = Object.entries(value).flatMap(([name, held]) => {
    const below = tree.get(name)
    if (!below) return [[name, held] as const]
    return below.size ? [[name, excluded(held, below)] as const] : []
  })
  return Object.fromEntries(kept)
}

/** A document as a projection of zeros or of ones shows it; `_id` is shown unless it is refused. */
export function projected(doc: Document, projection: Document): Document {
  const { _id = 1, ...others } = projection
  const paths = Object.keys(others)
  const ones = paths.some(path => others[path] === 1)
  if (ones) return included(doc, treeOf(_id ? ['_id', ...paths] : paths)) as Document
  return excluded(doc, treeOf(_id ? paths : ['_id', ...paths])) as Document
}
