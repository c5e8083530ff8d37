import { isDocument, putField, type Doc } from '../value/document.ts'
import type { MongoError } from '../value/error.ts'

/** What stands at a path: a mark that it is meant, or the value that the whole document gives it. */
export type Leaf = true | ((root: Doc) => unknown)

/** Paths, level by level. */
export interface PathTree {
  [name: string]: PathTree | Leaf
}

/** Without a prototype every name is the tree's own. */
const emptyTree = () => Object.create(null) as PathTree

/** The tree of paths; `refuse` makes the error for a path that is another one, or leads to or beyond it. */
export function treeOf(
  leaves: readonly (readonly [path: string, leaf: Leaf])[],
  refuse: (path: string, beyond?: string) => MongoError,
): PathTree {
  const tree = emptyTree()
  for (const [path, leaf] of leaves) {
    const steps = path.split('.')
    const last = steps.pop() as string
    let level = tree
    for (const [count, step] of steps.entries()) {
      const next = (level[step] ??= emptyTree())
      if (isLeaf(next)) throw refuse(path, [...steps, last].slice(count + 1).join('.'))
      level = next
    }
    if (level[last]) throw refuse(path)
    level[last] = leaf
  }
  return tree
}

const isLeaf = (branch: PathTree | Leaf): branch is Leaf => branch === true || typeof branch === 'function'

/** What a tree's marks mean of a document; of an array that its documents hold. */
export function pick(doc: Doc, tree: PathTree): Doc {
  const shown: Doc = {}
  for (const name in doc) {
    const branch = tree[name]
    if (!branch || typeof branch === 'function') continue
    const value = branch === true ? (doc[name] as unknown) : pickBelow(doc[name], branch)
    if (value !== undefined) putField(shown, name, value)
  }
  return shown
}

function pickBelow(value: unknown, tree: PathTree): unknown {
  if (Array.isArray(value)) return value.map(item => pickBelow(item, tree)).filter(item => item !== undefined)
  return isDocument(value) ? pick(value, tree) : undefined
}

/** The document without what a tree's marks mean. */
export function omit(doc: Doc, tree: PathTree): Doc {
  const shown: Doc = {}
  for (const name in doc) {
    const branch = tree[name]
    if (!branch || !isLeaf(branch)) putField(shown, name, branch ? omitBelow(doc[name], branch) : doc[name])
  }
  return shown
}

function omitBelow(value: unknown, tree: PathTree): unknown {
  if (Array.isArray(value)) return value.map(item => omitBelow(item, tree))
  return isDocument(value) ? omit(value, tree) : value
}

/**
 * The document with the values that a tree's functions give for `root`: in every item of the arrays on the way;
 * what is no document there gives way to one. A value that is undefined takes its field away.
 */
export function withValues(doc: Doc, root: Doc, tree: PathTree): Doc {
  const shown: Doc = { ...doc }
  for (const name in tree) {
    const branch = tree[name]
    if (!branch || branch === true) continue
    const value =
      typeof branch === 'function'
        ? branch(root)
        : valuesBelow(Object.hasOwn(doc, name) ? doc[name] : undefined, root, branch)
    if (value === undefined) Reflect.deleteProperty(shown, name)
    else putField(shown, name, value)
  }
  return shown
}

function valuesBelow(value: unknown, root: Doc, tree: PathTree): unknown {
  if (Array.isArray(value)) return value.map(item => valuesBelow(item, root, tree))
  return withValues(isDocument(value) ? value : {}, root, tree)
}
