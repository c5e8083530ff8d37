import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Retrieval } from '#server/policy/retrieval'
import { countGrams, gramsOf, textOfGram } from '#server/policy/retrieval/gram'
import { readIndex, UnusableIndex, writeIndex } from '#server/policy/retrieval/index-file'
import { PolicyLibrary } from '#server/policy/retrieval/library'
import { mergeSegments } from '#server/policy/retrieval/merge'
import { buildSegment, postingsOf, type Segment } from '#server/policy/retrieval/segment'
import { policyDocument } from '../support/policy-documents.ts'

const letters = fc.constantFrom(...'村民会议土地承包出租同意，。 ab1２Ａ')
const texts = fc.array(fc.string({ unit: letters, maxLength: 20 }), { maxLength: 12 })

describe('grams', () => {
  test('are characters and pairs of neighbours, and whole words of other scripts', () => {
    const told = gramsOf('村民，A1土').map(gram => textOfGram(gram) ?? 'word')
    expect(told).toEqual(['村', '村民', '民', 'word', '土'])
  })
  test('are the same for full and half width, capitals and small letters', () =>
    expect(gramsOf('ＡＢ１２条')).toEqual(gramsOf('ab12条')))
  test('are found in Tibetan, and none in emoji and marks', () => {
    expect(gramsOf('བོད་ཡིག')).toHaveLength(2)
    expect(gramsOf('😀👍🏽？！……')).toEqual([])
  })
  test('never are 0, which marks a free place', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => !gramsOf(text).includes(0))))
})

/** What a segment holds, gram by gram. */
function told(segment: Segment) {
  return Array.from(segment.grams, gram => {
    const [from, to] = postingsOf(segment, gram)
    const passages = [...segment.passages.subarray(from, to)]
    return [gram, passages, [...segment.counts.subarray(from, to)]]
  })
}

test('a segment holds every gram of every text with its count, and nothing else', () => {
  fc.assert(
    fc.property(texts, list => {
      const segment = buildSegment(list)
      const counts = list.map(text => countGrams(gramsOf(text)))
      const grams = [...new Set(counts.flatMap(count => [...count.keys()]))].sort((a, b) => a - b)
      const expected = grams.map(gram => {
        const having = counts.flatMap((count, passage) => (count.has(gram) ? [passage] : []))
        return [gram, having, having.map(passage => counts[passage]?.get(gram))]
      })
      expect(told(segment)).toEqual(expected)
      expect([...segment.lengths]).toEqual(list.map(text => gramsOf(text).length))
    }),
  )
})

test('merging segments gives what building from the texts that are kept gives', () => {
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 4 }), fc.nat(3), (lists, odd) => {
      const kept = (passage: number) => passage % 4 !== odd
      const merged = mergeSegments(lists.map(list => ({ segment: buildSegment(list), kept })))
      const built = buildSegment(lists.flatMap(list => list.filter((_, i) => kept(i))))
      expect(told(merged)).toEqual(told(built))
      expect(merged.lengths).toEqual(built.lengths)
    }),
  )
})

const names = ['土地法', '村民会议办法', '承包条例', '出租规定']
const changes = fc.array(
  fc.oneof(
    fc.record({
      add: fc.constantFrom(...names),
      texts: fc.array(fc.string({ unit: letters, maxLength: 20 }), { maxLength: 6 }),
    }),
    fc.record({ remove: fc.constantFrom(...names) }),
  ),
  { maxLength: 30 },
)

test('whatever is added, replaced and removed: once settled, the index is the one built from what is left', () => {
  fc.assert(
    fc.property(changes, fc.string({ unit: letters, maxLength: 12 }), (list, question) => {
      const retrieval = new Retrieval(new PolicyLibrary())
      const left = new Map<string, string[]>()
      for (const change of list) {
        if ('add' in change) {
          retrieval.add([policyDocument(change.add, change.texts)])
          left.delete(change.add)
          left.set(change.add, change.texts)
        } else {
          retrieval.remove([change.remove])
          left.delete(change.remove)
        }
        const found = retrieval.search({ question, limit: 100 }).hits
        for (const { document } of found) expect(left.has(document)).toBe(true)
      }
      retrieval.settle()
      const fresh = new Retrieval(new PolicyLibrary())
      fresh.add([...left].map(([name, articles]) => policyDocument(name, articles)))
      const byKey = (one: Retrieval) =>
        one
          .search({ question, limit: 100 })
          .hits.map(({ key, score }) => `${key} ${score.toFixed(3)}`)
          .sort()
      expect(byKey(retrieval)).toEqual(byKey(fresh))
      expect(retrieval.library.articles).toBe([...left.values()].flat().length)
    }),
    { numRuns: 60 },
  )
})

describe('a saved index', () => {
  const library = new PolicyLibrary()
  library.add([
    policyDocument('村民会议办法', [
      '村民会议由本村十八周岁以上的村民组成。',
      '会议决定须经到会人员的过半数通过。',
    ]),
    policyDocument('土地承包条例', ['承包地可以出租。', '出租荒山须经村民会议同意。'], {
      from: '2019-01-01',
    }),
  ])
  const bytes = Buffer.concat(writeIndex(library.shelves))

  test('finds the same after loading', () => {
    const loaded = new Retrieval(new PolicyLibrary(readIndex(bytes)))
    for (const question of ['出租荒山要谁同意', '村民会议办法第二条', '过半数']) {
      expect(loaded.search({ question, limit: 10 })).toEqual(
        new Retrieval(library).search({ question, limit: 10 }),
      )
    }
  })
  test('is refused when one byte has changed or is missing', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), at => {
        const damaged = Buffer.from(bytes)
        damaged[at] = (damaged[at] ?? 0) ^ 1
        expect(() => readIndex(damaged)).toThrow(UnusableIndex)
        expect(() => readIndex(bytes.subarray(0, at))).toThrow(UnusableIndex)
      }),
    )
  })
})
