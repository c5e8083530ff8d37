import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { BSON, DBRef } from 'mongodb'
import { decode } from '../../server/embedded/value/decode.ts'
import type { Doc } from '../../server/embedded/value/document.ts'
import { encode } from '../../server/embedded/value/encode.ts'
import { ascending, stored } from './bson-values.ts'

// A DBRef is known to drivers only: on its way it is a document.
const values = [...ascending.flat(), ...stored.map(([, value]) => value)].filter(
  value => !(value instanceof DBRef),
)

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.uint8Array({ maxLength: 100 }),
  fc.constantFrom(...values),
  fc.constantFrom(null, undefined, -0, NaN, Infinity, 2 ** 31, -(2 ** 31)),
)
const name = fc.oneof(
  fc.constantFrom('a', 'b', '__proto__', 'constructor', '数'),
  fc.string({ maxLength: 5 }),
)
const { document } = fc.letrec<{ value: unknown; document: Doc }>(tie => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 12 }), tie('document')),
  document: fc.dictionary(
    name.filter(one => !one.includes('\0')),
    tie('value'),
    { maxKeys: 6 },
  ),
}))

it('documents become the bytes that the driver’s library makes of them, and come back', () => {
  fc.assert(
    fc.property(document, doc => {
      const bytes = encode(doc)
      expect(bytes.equals(BSON.serialize(doc, { ignoreUndefined: true }))).toBe(true)
      expect(encode(decode(bytes)).equals(bytes)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

it('a long text, many bytes and a deep document find room', () => {
  const deep = Array.from({ length: 100 }).reduce<Doc>(inner => ({ inner }), {})
  const doc = { text: '长'.repeat(200_000), bytes: Buffer.alloc(300_000, 7), deep }
  expect(encode(doc).equals(BSON.serialize(doc))).toBe(true)
})

it.each([
  ['a function', { a: () => 1 }],
  ['a name with a zero', { 'a\0b': 1 }],
  ['an unknown type', { a: { _bsontype: 'Other' } }],
])('%s is refused', (_what, doc) => {
  expect(() => encode(doc)).toThrow(TypeError)
})
