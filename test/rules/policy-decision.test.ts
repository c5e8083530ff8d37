import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decide, laterDay, type StoredText } from '#server/policy/decision'

const stored = (id: string, more: Partial<StoredText> = {}): StoredText => ({
  ...{
    id,
    day: '2020-01-01',
    edition: 1,
    live: true,
    path: 'a.md',
    checksums: [id],
    wording: `words of ${id}`,
  },
  ...more,
})
const incoming = (wording: string, more = {}) => ({
  ...{ day: '2020-01-01', path: 'a.md', checksum: 'new', wording },
  ...more,
})

test('the first text of a day is stored', () =>
  expect(decide(incoming('x'), [])).toEqual({ do: 'store', edition: 1, supersedes: null }))
test('a text of another day is another version and supersedes nothing', () =>
  expect(decide(incoming('x', { day: '2021-01-01' }), [stored('a')])).toEqual({
    ...{ do: 'store', edition: 1, supersedes: null },
  }))
test('other words of the same day are the next edition', () =>
  expect(decide(incoming('x'), [stored('a')])).toEqual({ do: 'store', edition: 2, supersedes: 'a' }))
test('the same words in another file are noted, whatever day it is named by', () => {
  expect(decide(incoming('words of a'), [stored('a')])).toEqual({ do: 'alias', id: 'a' })
  expect(decide(incoming('words of a', { day: '2020-01-03' }), [stored('a')])).toEqual({
    do: 'alias',
    id: 'a',
  })
})
test('the same file changes nothing', () =>
  expect(decide(incoming('words of a', { checksum: 'a' }), [stored('a')])).toEqual({ do: 'nothing' }))

const history = [stored('a', { live: false }), stored('b', { edition: 2 })]
test('a file that goes back to older words is the next edition', () =>
  expect(decide(incoming('words of a'), history)).toEqual({ do: 'store', edition: 3, supersedes: 'b' }))
test('another file with older words changes nothing', () =>
  expect(decide(incoming('words of a', { path: 'b.md' }), history)).toEqual({ do: 'nothing' }))

test('an import done twice changes nothing the second time, whatever the files', () => {
  const file = fc.record({
    path: fc.constantFrom('a.md', 'b.md', 'c.md'),
    day: fc.constantFrom('2020-01-01', '2021-01-01'),
    words: fc.constantFrom('x', 'y', 'z'),
  })
  const files = fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 3 })
  fc.assert(
    fc.property(files, each => {
      const texts: StoredText[] = []
      const load = () =>
        each.map(({ path, day, words }) => take(texts, { path, day, checksum: path + words, wording: words }))
      load()
      expect(load().every(outcome => outcome !== 'store')).toBe(true)
      for (const day of ['2020-01-01', '2021-01-01']) {
        expect(texts.filter(text => text.day === day && text.live).length).toBeLessThanOrEqual(1)
      }
    }),
  )
})

/** What storing does with a decision; a file whose bytes are known to a live text is not even read. */
function take(
  texts: StoredText[],
  text: { path: string; day: string; checksum: string; wording: string },
): string {
  if (texts.some(each => each.checksums.includes(text.checksum) && (each.live || each.path !== text.path)))
    return 'known'
  const decision = decide(text, texts)
  if (decision.do === 'alias') texts.find(({ id }) => id === decision.id)?.checksums.push(text.checksum)
  if (decision.do === 'store') {
    for (const each of texts) if (each.id === decision.supersedes) each.live = false
    const { path, day, checksum, wording } = text
    const id = String(texts.length)
    texts.push({ id, day, edition: decision.edition, live: true, path, checksums: [checksum], wording })
  }
  return decision.do
}

test('the later of two days is known as soon as one is', () => {
  expect(laterDay(null, null)).toBeNull()
  expect(laterDay('2020-01-01', null)).toBe('2020-01-01')
  expect(laterDay(null, '2020-01-01')).toBe('2020-01-01')
  expect(laterDay('2020-01-02', '2020-01-01')).toBe('2020-01-02')
})
