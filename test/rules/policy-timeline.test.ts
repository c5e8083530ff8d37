import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type DatedVersion,
  type Fact,
  isConfirmed,
  lastUse,
  periodOn,
  standingOn,
  type StatedRepeal,
  timelineOf,
} from '#server/policy/timeline'
import { addDays } from '#shared/day'

const version = (id: string, day: string | null, from = day): DatedVersion => ({
  id,
  day,
  from,
  basis: 'text',
  until: null,
})
const fact = (event: Fact['event'], day: string, more: Partial<Fact> = {}): Fact => ({
  ...{ event, day, from: null, successor: '', source: '公报', checkedOn: '2025-11-01' },
  ...more,
})
const inForce = (timeline: ReturnType<typeof timelineOf>, day: string) =>
  periodOn(timeline, day)?.versions ?? null

describe('three versions of a law', () => {
  const timeline = timelineOf(
    [
      version('2004', '2003-08-27', '2004-07-01'),
      version('2019', '2019-04-23'),
      version('2027', '2026-11-01', '2027-01-01'),
    ],
    [],
    [],
  )
  test.each([
    ['2003-12-31', null],
    ['2004-07-01', ['2004']],
    ['2019-04-22', ['2004']],
    ['2019-04-23', ['2019']],
    ['2026-12-31', ['2019']],
    ['2027-01-01', ['2027']],
  ])('on %s %j applies', (day, versions) => expect(inForce(timeline, day)).toEqual(versions))

  test('on one day one is past, one applies and one is yet to come', () => {
    expect(timeline.map(period => standingOn(period, '2026-11-24'))).toEqual([
      'superseded',
      'in-force',
      'not-yet',
    ])
  })
})

test('the table knows from when on a change counts better than the day of the decision', () => {
  const derived: DatedVersion = {
    id: 'b',
    day: '2023-09-01',
    from: '2023-09-01',
    basis: 'derived',
    until: null,
  }
  const timeline = timelineOf(
    [version('a', '2021-12-24', '2022-01-01'), derived],
    [fact('amended', '2023-09-01', { from: '2024-01-01' })],
    [],
  )
  expect(inForce(timeline, '2023-12-31')).toEqual(['a'])
  expect(inForce(timeline, '2024-01-01')).toEqual(['b'])
})

test('a revision whose text is not stored leaves nothing to quote as the law in force', () => {
  const timeline = timelineOf(
    [version('2012', '2012-10-26', '2013-01-01')],
    [fact('revised', '2025-06-27', { from: '2026-01-01' })],
    [],
  )
  expect(inForce(timeline, '2025-12-31')).toEqual(['2012'])
  expect(inForce(timeline, '2026-01-01')).toEqual([])
  expect(timeline.map(period => standingOn(period, '2026-11-24'))).toEqual(['superseded', 'in-force'])
})

test('a fact about a day close to that of a file means that file', () => {
  const timeline = timelineOf(
    [version('a', '2019-04-03')],
    [fact('revised', '2019-03-20', { from: '2019-05-15' })],
    [],
  )
  expect(timeline).toMatchObject([{ versions: ['a'], from: '2019-05-15', basis: 'confirmed' }])
})

test('what was replaced under another title tells which', () => {
  const timeline = timelineOf(
    [version('a', '2005-01-10', '2005-05-01')],
    [fact('replaced', '2022-02-25', { from: '2022-05-01', successor: '信访工作条例' })],
    [],
  )
  expect(periodOn(timeline, '2022-04-30')?.versions).toEqual(['a'])
  expect(periodOn(timeline, '2022-05-01')).toBeNull()
  expect(timeline[0]?.ending).toMatchObject({ kind: 'repeal', successor: '信访工作条例' })
})

test('a clause of another law repeals; a version that came later lives', () => {
  const repeal: StatedRepeal = { from: '2021-01-01', by: '《某法典》', label: '第十条' }
  const timeline = timelineOf(
    [version('old', '1999-03-15', '1999-10-01'), version('new', '2024-01-01')],
    [],
    [repeal],
  )
  expect(inForce(timeline, '2020-12-31')).toEqual(['old'])
  expect(inForce(timeline, '2022-06-01')).toBeNull()
  expect(inForce(timeline, '2024-06-01')).toEqual(['new'])
  expect(timeline[0]?.ending).toMatchObject({ source: '《某法典》第十条' })
})

test('a document that limits itself ends by itself', () => {
  const limited = { ...version('a', '2024-04-18', '2024-06-01'), until: '2026-06-01' }
  const timeline = timelineOf([limited], [], [])
  expect(inForce(timeline, '2026-05-31')).toEqual(['a'])
  expect(inForce(timeline, '2026-06-01')).toBeNull()
  expect(timeline[0]).toMatchObject({ ending: { kind: 'expiry' } })
  expect(timelineOf([limited, version('b', '2025-05-01')], [], [])[0]).toMatchObject({ until: '2025-05-01' })
})

test('the parts of a code apply together', () => {
  const timeline = timelineOf(
    [version('总则', '2020-05-28', '2021-01-01'), version('物权', '2020-05-28', '2021-01-01')],
    [],
    [],
  )
  expect(inForce(timeline, '2021-01-01')).toEqual(['总则', '物权'])
})

describe('现行有效', () => {
  const versions = [version('a', '2019-04-23')]
  test('is not said without an editor who looked', () => {
    const [period] = timelineOf(versions, [], [])
    expect(period && isConfirmed(period, '2019-05-01')).toBe(false)
  })
  test.each([
    ['2025-11-01', true],
    ['2026-10-31', true],
    ['2027-01-01', false],
    ['2019-04-22', false],
  ])('is said on %s: %j', (day, said) => {
    const [period] = timelineOf(versions, [fact('current', '2019-04-23')], [])
    expect(period && isConfirmed(period, day)).toBe(said)
  })
  test('is not said of a version that another one followed', () => {
    const [period] = timelineOf(
      [...versions, version('b', '2026-01-01')],
      [fact('current', '2019-04-23')],
      [],
    )
    expect(period && isConfirmed(period, '2026-02-01')).toBe(false)
  })
})

test('whatever is stored and told, at most one version applies on any day, and each is past, present or to come', () => {
  const day = fc.integer({ min: 0, max: 4_000 }).map(days => addDays('2015-01-01', days))
  const maybe = fc.option(day, { nil: null })
  const versions = fc.array(
    fc.record({
      id: fc.uuid(),
      day: maybe,
      from: maybe,
      until: maybe,
      basis: fc.constantFrom('text' as const, 'derived' as const),
    }),
    { maxLength: 5 },
  )
  const facts = fc.array(
    fc.record({
      event: fc.constantFrom(
        'promulgated' as const,
        'amended' as const,
        'revised' as const,
        'repealed' as const,
        'replaced' as const,
        'current' as const,
      ),
      day,
      from: maybe,
      successor: fc.constant(''),
      source: fc.constant('公报'),
      checkedOn: day,
    }),
    { maxLength: 5 },
  )
  const repeals = fc.array(fc.record({ from: maybe, by: fc.constant('《某法》'), label: fc.constant('') }), {
    maxLength: 2,
  })
  fc.assert(
    fc.property(versions, facts, repeals, day, (stored, told, stated, asked) => {
      const timeline = timelineOf(stored, told, stated)
      const standings = timeline.map(period => standingOn(period, asked))
      expect(standings.filter(each => each === 'in-force').length).toBeLessThanOrEqual(1)
      expect(timeline.flatMap(period => period.versions).sort()).toEqual(stored.map(({ id }) => id).sort())
      const limited = stored.some(({ until }) => until !== null)
      const earliest = [
        ...told.filter(({ event }) => /repealed|replaced/.test(event)).map(each => each.from ?? each.day),
      ]
      if (earliest.length === 0 && stated.length === 0 && !limited)
        expect(standings).not.toContain('repealed')
    }),
  )
})

describe('the latest text at hand', () => {
  const stored = version('2012', '2012-10-26', '2013-01-01')
  const uses = (versions: DatedVersion[], facts: Fact[]) => {
    const timeline = timelineOf(versions, facts, [])
    return timeline.filter(({ versions: texts }) => texts.length > 0).map(each => lastUse(timeline, each))
  }

  test('is quoted on after a revision whose text is not stored', () => {
    expect(uses([stored], [fact('revised', '2025-06-27', { from: '2026-01-01' })])).toEqual([null])
  })
  test('gives way to a later text, whatever was missing between', () => {
    expect(uses([stored, version('2030', '2030-01-01')], [fact('amended', '2025-06-27')])).toEqual([
      '2030-01-01',
      null,
    ])
  })
  test('ends with a repeal', () => {
    const facts = [fact('revised', '2020-06-27'), fact('repealed', '2025-06-27', { from: '2026-01-01' })]
    expect(uses([stored], facts)).toEqual(['2026-01-01'])
    expect(uses([stored], facts.slice(1))).toEqual(['2026-01-01'])
  })
})
