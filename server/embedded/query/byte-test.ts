import { encodeAsText } from '../value/encode.ts'
import { rank, rankOf } from '../value/order.ts'
import type { Packed } from '../value/packed.ts'
import type { Constraints } from './constraint.ts'

/** Beyond so many values it is as well to read the document. */
const mostValues = 8
/** The types of which equal values have equal bytes; numbers have several. */
const sameBytes: number[] = [rank.string, rank.objectId]
/** Length, type, name and its end stand before a value, an end behind it. */
const bytesOf = (value: unknown) => encodeAsText({ '': value }).slice(6, -1)

/**
 * Says whether the bytes of a document hold a value of each path that must have one of some texts or ids: those that do
 * not are no matches, and looking for bytes takes far less time than reading a document.
 */
export function byteTest(constraints: Constraints): (packed: Packed) => boolean {
  const needles: string[][] = []
  for (const { points } of constraints.values())
    if (points && points.length <= mostValues && points.every(value => sameBytes.includes(rankOf(value))))
      needles.push(points.map(bytesOf))
  return packed => needles.every(values => values.some(bytes => packed.includes(bytes)))
}
