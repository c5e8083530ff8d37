import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  CACHE_LIMIT,
  type Cached,
  KEY_LIMIT,
  sizeOf,
  withCached,
} from '../../miniprogram/src/storage-limit.ts'

const size = fc.integer({ min: 1, max: KEY_LIMIT })
const cached = fc.record({ key: fc.string({ minLength: 1, maxLength: 3 }), size })
/** What can be there: made by keeping one thing after another. */
const keptOf = (all: Cached[]): Cached[] =>
  all.reduce<Cached[]>((known, next) => withCached(known, next)?.kept ?? known, [])
const sum = (all: readonly Cached[]): number => all.reduce((total, one) => total + one.size, 0)

test('a text takes at least what it takes in UTF-8 and in UTF-16', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(sizeOf(text)).toBeGreaterThanOrEqual(Buffer.byteLength(text, 'utf8'))
      expect(sizeOf(text)).toBeGreaterThanOrEqual(Buffer.byteLength(text, 'utf16le'))
    }),
  )
  expect(sizeOf('日知 a')).toBe(3 + 3 + 2 + 2)
})

test('whatever is kept, all of it stays below the limit, each key stands once, and the newest is there', () => {
  fc.assert(
    fc.property(fc.array(cached, { maxLength: 60 }), cached, (before, next) => {
      const known = keptOf(before)
      const after = withCached(known, next)
      expect(sum(after?.kept ?? [])).toBeLessThanOrEqual(CACHE_LIMIT)
      expect(new Set(after?.kept.map(({ key }) => key)).size).toBe(after?.kept.length)
      expect(after?.kept.at(-1)).toEqual(next)
    }),
  )
})

test('only the oldest go, and not one more than has to', () => {
  fc.assert(
    fc.property(fc.array(cached, { maxLength: 60 }), cached, (before, next) => {
      const others = keptOf(before).filter(({ key }) => key !== next.key)
      const { kept = [], dropped = [] } = withCached(others, next) ?? {}
      expect([...dropped, ...kept.map(({ key }) => key)]).toEqual([...others, next].map(({ key }) => key))
      const last = others[dropped.length - 1]
      expect(last === undefined || sum(kept) + last.size > CACHE_LIMIT).toBe(true)
    }),
  )
})

test('what is too much for one key is not kept, and nothing goes for it', () => {
  expect(withCached([], { key: 'chat', size: KEY_LIMIT + 1 })).toBeNull()
  expect(withCached([], { key: 'chat', size: KEY_LIMIT })).toEqual({
    kept: [{ key: 'chat', size: KEY_LIMIT }],
    dropped: [],
  })
})
