import type { Doc } from '../value/document.ts'
import { encode } from '../value/encode.ts'
import type { Packed } from '../value/packed.ts'
import type { CollectionOptions } from './collection.ts'
import type { IndexSpec } from './index.ts'

/** One change, as the log holds it; that of a document is `{ put: namespace, doc }`. */
export type Change =
  | { delete: string; id: unknown }
  | { create: string; options?: CollectionOptions }
  | { modify: string; options: CollectionOptions }
  | { drop: string }
  | { rename: string; to: string }
  | { index: string; spec: IndexSpec }
  | { unindex: string; name: string }
  | { applied: string; number: unknown; reply: Doc }
  | { format: number }

const headOf = (namespace: string) => encode({ put: namespace, doc: {} })
const heads = new Map<string, Uint8Array>()
/** After the document nothing comes but the end of the change. */
const emptyDocument = 5

/** The change that puts a document; its bytes are taken as they are. */
export function putChange(namespace: string, packed: Packed): Uint8Array {
  let head = heads.get(namespace)
  if (!head) {
    if (heads.size > 10_000) heads.clear()
    heads.set(namespace, (head = headOf(namespace)))
  }
  const start = head.length - emptyDocument - 1
  const change = Buffer.allocUnsafe(start + packed.length + 1)
  change.set(head, 0)
  change.write(packed, start, packed.length, 'latin1')
  change[change.length - 1] = 0
  change.writeInt32LE(change.length, 0)
  return change
}

const putName = Buffer.from('\x02put\0')

/** The document that a change puts and the collection's namespace; nothing when it is a change of another kind. */
export function readPut(change: Buffer): { namespace: string; document: Buffer } | undefined {
  if (change.compare(putName, 0, putName.length, 4, 4 + putName.length) !== 0) return undefined
  const start = 4 + putName.length + 4
  const end = start + change.readInt32LE(start - 4)
  const document = end + '\x03doc\0'.length
  return {
    namespace: change.toString('utf8', start, end - 1),
    document: change.subarray(document, document + change.readInt32LE(document)),
  }
}
