import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type ArmSums, chancesOf, chosenBy, drawFor, type Tuning, withRound } from '#server/reminder/bandit'
import { counted, estimatesOf, noTotals } from '#server/reminder/estimate'
import {
  choiceFor,
  isInTime,
  type Learned,
  narrowed,
  nothingLearned,
  tuning,
  withOutcome,
} from '#server/reminder/learning'
import { defaultWishes, type Wishes } from '#server/reminder/plan'
import { addDays } from '#shared/day'
import { ReminderWording } from '#shared/reminder'

const DAY = '2026-11-23'
const plainly: Tuning = { temperature: 0.5, penalty: 0, halfLife: 1, patience: 0, headStart: 0 }
/** Four rounds with the arm and four without, of which so many went well. */
const sums = (arm: string, well: number, wellWithout: number, lastDay: string | null = null): ArmSums => ({
  arm,
  chosen: { rounds: 4, weight: 8, reward: 2 * well },
  others: { rounds: 4, weight: 8, reward: 2 * wellWithout },
  lastDay,
})
const chances = (known: readonly ArmSums[], tuning: Partial<Tuning> = {}, arms = ['a', 'b']) =>
  Object.fromEntries(
    chancesOf(arms, known, DAY, { ...plainly, ...tuning }).map(({ arm, chance }) => [arm, chance]),
  )
const both = [sums('a', 3, 1), sums('b', 1, 3)]

describe('the chances, worked out by hand', () => {
  test.each([
    ['nothing known: all alike', [], {}, 0.5],
    // 3/4 with it and 1/4 without: a scores 0.5, b −0.5; e¹ / (e¹ + e⁻¹)
    ['how much better it went with an arm than without', both, {}, 0.8808],
    ['the colder, the surer', both, { temperature: 0.25 }, 0.982],
    [
      'nothing tried without it says nothing',
      [{ ...sums('a', 3, 1), others: sums('z', 0, 0).others }],
      {},
      0.8176,
    ],
    // half of 0.5 after as many rounds as patience
    ['with patience a difference counts half', both, { patience: 4 }, 0.7311],
    // 0.09 / 0.03 = 3; e³ / (e³ + 1)
    ['the default has a head start', [], { headStart: 0.09, temperature: 0.03 }, 0.9526],
    ['which is gone with what is known', [sums('a', 2, 2)], { headStart: 0.5, patience: 4 }, 0.6225],
    // 0.2 halved twice in two days is 0.05: e^0.9 / (e^0.9 + e⁻¹)
    ['used two days ago', [sums('a', 3, 1, '2026-11-21'), sums('b', 1, 3)], { penalty: 0.2 }, 0.8699],
    ['used yesterday', [sums('a', 3, 1, '2026-11-22'), sums('b', 1, 3)], { penalty: 0.2 }, 0.8581],
  ] as const)('%s', (_, known, tuning, expected) => {
    expect(chances(known, tuning).a).toBeCloseTo(expected, 4)
  })
})

test('a round counts by how likely it was, and teaches only the arms that were awake', () => {
  const awake = [
    { arm: 'a', chance: 0.8 },
    { arm: 'b', chance: 0.2 },
  ]
  const asleep = sums('c', 1, 1)
  const [c, a, b] = withRound([asleep], { day: DAY, chances: awake, arm: 'b', reward: 1 })
  expect(c).toEqual(asleep)
  expect(a).toMatchObject({ chosen: { rounds: 0 }, others: { rounds: 1 }, lastDay: null })
  expect(a?.others.weight).toBeCloseTo(5)
  expect(a?.others.reward).toBeCloseTo(5)
  expect(b).toMatchObject({
    chosen: { rounds: 1, weight: 5, reward: 5 },
    others: { rounds: 0 },
    lastDay: DAY,
  })
})

test('no round weighs more than ten', () => {
  const awake = [
    { arm: 'a', chance: 0.999 },
    { arm: 'b', chance: 0.001 },
  ]
  const [, b] = withRound([], { day: DAY, chances: awake, arm: 'b', reward: 1 })
  expect(b?.chosen).toEqual({ rounds: 1, weight: 10, reward: 10 })
})

test('an arm that was used recovers day by day', () => {
  const used = (day: string) =>
    chances([sums('a', 2, 2, day)], { penalty: 0.2, halfLife: 2, temperature: 0.1 }).a
  const after = [1, 2, 3, 5, 8, 30].map(days => used(addDays(DAY, -days)) ?? 0)
  expect([...after].sort((x, y) => x - y)).toEqual(after)
  expect(after[0]).toBeLessThan(0.25)
  expect(after.at(-1)).toBeCloseTo(0.5, 3)
})

const anyArms = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
const anyRound = fc.record({
  arms: anyArms,
  at: fc.nat(60),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  reward: fc.constantFrom(0, 1),
})

test('over any rounds: the chances are those of the arms that are awake and add up to one, and no round is lost', () => {
  fc.assert(
    fc.property(fc.array(anyRound, { maxLength: 40 }), anyArms, (rounds, arms) => {
      const known = rounds.reduce<ArmSums[]>((sofar, { arms: awake, at, random, reward }) => {
        const day = addDays(DAY, at)
        const some = chancesOf<string>(awake, sofar, day, tuning)
        return withRound(sofar, { day, chances: some, arm: chosenBy(random, some) ?? '', reward })
      }, [])
      const found = chancesOf(arms, known, addDays(DAY, 61), tuning)
      expect(found.map(({ arm }) => arm)).toEqual(arms)
      expect(found.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9)
      for (const { arm, chosen, others } of known)
        expect(chosen.rounds + others.rounds).toBe(
          rounds.filter(round => round.arms.some(one => one === arm)).length,
        )
      const chosen = known.reduce((sum, one) => sum + one.chosen.rounds, 0)
      expect(chosen).toBe(rounds.length)
    }),
  )
})

describe('what is chosen for a cadre’s day', () => {
  const wishes: Wishes = { ...defaultWishes, on: true, learning: true }

  test('is one of the times that may ring, in an order of its own', () => {
    const mixed = { ...wishes, times: ['20:00', '23:00', '07:30', '06:30'] }
    expect(choiceFor('cadre', DAY, mixed, nothingLearned)?.times.map(({ arm }) => arm)).toEqual([
      '07:30',
      '20:00',
    ])
    expect(choiceFor('cadre', DAY, { ...wishes, times: ['23:00'] }, nothingLearned)).toBeNull()
  })
  test('is the same at every run, and not the same for everybody', () => {
    const cadres = Array.from({ length: 60 }, (_, at) => `cadre-${at}`)
    const choices = cadres.map(cadre => choiceFor(cadre, DAY, wishes, nothingLearned))
    expect(cadres.map(cadre => choiceFor(cadre, DAY, wishes, nothingLearned))).toEqual(choices)
    expect(new Set(choices.map(choice => choice?.time)).size).toBe(3)
    expect(new Set(choices.map(choice => choice?.wording)).size).toBe(3)
  })
  test('begins with the defaults on about nine days of ten', () => {
    const choice = choiceFor('cadre', DAY, wishes, nothingLearned)
    expect(choice?.times[0]).toMatchObject({ arm: '07:30', chance: expect.closeTo(0.909, 3) })
    expect(choice?.wordings[0]).toMatchObject({ arm: 'plain', chance: expect.closeTo(0.909, 3) })
  })
  test('is the only time that reminds, once', () => {
    const choice = choiceFor('cadre', DAY, wishes, nothingLearned)
    if (!choice) throw new Error('nothing chosen')
    expect(narrowed(wishes, choice, [])).toEqual({ ...wishes, times: [choice.time] })
    expect(narrowed(wishes, choice, ['planned before learning was allowed']).times).toEqual([])
  })
})

test.each([
  ['at once', 0, true],
  ['two hours after', 120, true],
  ['later than that', 121, false],
  ['before it was sent', -1, false],
  ['never', null, false],
])('finished %s', (_, minutes, expected) => {
  const sentAt = new Date('2026-11-23T07:30:20+08:00')
  const finishedAt = minutes === null ? null : new Date(sentAt.getTime() + minutes * 60_000)
  expect(isInTime(sentAt, finishedAt)).toBe(expected)
})

/** Numbers from 0 to below 1, the same at every run. Source: Park & Miller's minimal standard generator. */
function numbers(...names: readonly (string | number)[]): () => number {
  let state = 1 + Math.floor(drawFor(names.join('-')) * 2_147_483_646)
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return (state - 1) / 2_147_483_646
  }
}

/** What a simulated cadre is like: how likely the quiz is finished, and what times, words and their repetition change. */
interface World {
  times: readonly number[]
  wordings: readonly number[]
  /** The same for everybody, or each cadre with preferences of their own. */
  shuffled: boolean
  /** What words lose that were read yesterday; halved every three days. */
  staleness: number
  /** Whether a cadre has the same luck under each policy, so that only what the policies do is compared. */
  sameLuck: boolean
}
type Policy = 'learned' | 'fixed' | 'random'
const DAYS = 100
const CADRES = 240
const TIMES = defaultWishes.times

function shuffled(values: readonly number[], next: () => number): number[] {
  return values
    .map(value => ({ value, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value)
}

/** The share of days on which one cadre finishes in time, of the first two weeks and of all. */
function live(cadre: number, world: World, policy: Policy): { early: number; all: number } {
  const nature = numbers('nature', cadre)
  const [times, wordings] = [world.times, world.wordings].map(of =>
    world.shuffled ? shuffled(of, nature) : of,
  )
  const base = 0.3 + 0.2 * nature()
  const [luck, coin] = [numbers('luck', cadre, world.sameLuck ? 'same' : policy), numbers('coin', cadre)]
  const read = new Map<number, number>()
  let learned: Learned = nothingLearned
  let [early, all] = [0, 0]
  for (let at = 0; at < DAYS; at += 1) {
    const day = addDays('2026-01-05', at)
    const choice = choiceFor(String(cadre), day, defaultWishes, learned)
    if (!choice) throw new Error('nothing chosen')
    const random = [Math.floor(coin() * 3), Math.floor(coin() * 3)]
    const own = [TIMES.indexOf(choice.time), ReminderWording.options.indexOf(choice.wording)]
    const [time = 0, wording = 0] = { learned: own, fixed: [0, 0], random }[policy]
    const ago = at - (read.get(wording) ?? -Infinity)
    read.set(wording, at)
    const stale = world.staleness * 0.5 ** (ago / 3)
    const finished = luck() < base + (times?.[time] ?? 0) + (wordings?.[wording] ?? 0) - stale
    learned = withOutcome(learned, { day, time: choice.time, round: choice, finished })
    all += finished ? 1 / DAYS : 0
    early += finished && at < 14 ? 1 / 14 : 0
  }
  return { early, all }
}

/** How much more of the days one policy finishes than another, cadre by cadre, and how sure that is. */
function compared(world: World, other: Policy) {
  const pairs = Array.from({ length: CADRES }, (_, cadre) => ({
    ours: live(cadre, world, 'learned'),
    theirs: live(cadre, world, other),
  }))
  const of = (differences: number[]) => {
    const mean = differences.reduce((sum, one) => sum + one, 0) / CADRES
    const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (CADRES - 1)
    return { mean, error: Math.sqrt(variance / CADRES) }
  }
  return {
    all: of(pairs.map(({ ours, theirs }) => ours.all - theirs.all)),
    early: of(pairs.map(({ ours, theirs }) => ours.early - theirs.early)),
  }
}

describe(`${CADRES} simulated cadres over ${DAYS} days`, () => {
  const strong: World = {
    times: [0.25, 0, -0.1],
    wordings: [0.1, 0, -0.05],
    shuffled: true,
    staleness: 0.06,
    sameLuck: true,
  }
  const weak: World = {
    times: [0.1, 0, -0.05],
    wordings: [0.05, 0, 0],
    shuffled: true,
    staleness: 0.03,
    sameLuck: true,
  }
  const none: World = { times: [0, 0, 0], wordings: [0, 0, 0], shuffled: true, staleness: 0, sameLuck: false }
  const ours: World = {
    times: [0.2, 0, 0],
    wordings: [0.1, 0, 0],
    shuffled: false,
    staleness: 0,
    sameLuck: true,
  }
  /** One in three million by chance. */
  const SURE = 5

  test.each(['fixed', 'random'] as const)('with preferences, learning beats the %s by far', other => {
    const { mean, error } = compared(strong, other).all
    expect(mean).toBeGreaterThan(0.08)
    expect(mean).toBeGreaterThan(SURE * error)
  })
  test.each(['fixed', 'random'] as const)('with weak preferences, it still beats the %s', other => {
    const { mean, error } = compared(weak, other).all
    expect(mean).toBeGreaterThan(SURE * error)
  })
  test('with strong preferences nobody waits for it: the first two weeks are no worse than the defaults', () => {
    const { mean, error } = compared(strong, 'fixed').early
    expect(mean).toBeGreaterThan(-error)
  })
  test('where nobody prefers anything, nothing is lost but noise', () => {
    const { mean, error } = compared(none, 'fixed').all
    expect(Math.abs(mean)).toBeLessThan(3 * error)
    expect(error).toBeLessThan(0.01)
  })
  test('where the defaults are best for everybody, by three in ten, trying others costs little', () => {
    const { early, all } = compared(ours, 'fixed')
    expect(early.mean).toBeGreaterThan(-0.06)
    expect(all.mean).toBeGreaterThan(-0.07)
  })
})

describe('what is seen of it', () => {
  const learned = (mean: number, rounds = 4): Learned => ({
    times: [
      {
        arm: '07:30',
        chosen: { rounds, weight: 8, reward: 8 * mean },
        others: { rounds: 0, weight: 0, reward: 0 },
        lastDay: DAY,
      },
    ],
    wordings: [],
  })
  const seenOf = (all: readonly Learned[]) => estimatesOf(all.reduce(counted, noTotals).times)

  test.each([
    ['nine cadres are not shown', Array.from({ length: 9 }, () => learned(0.5)), []],
    ['ten are', Array.from({ length: 10 }, () => learned(0.5)), [{ arm: '07:30', cadres: 10, finished: 50 }]],
    [
      'nineteen are ten, so that nobody is seen to come or go',
      Array.from({ length: 19 }, () => learned(0.5)),
      [{ arm: '07:30', cadres: 10, finished: 50 }],
    ],
    [
      'each cadre counts the same',
      [...Array.from({ length: 9 }, () => learned(0)), learned(1, 400)],
      [{ arm: '07:30', cadres: 10, finished: 10 }],
    ],
    [
      'who was never reminded so is not counted',
      [...Array.from({ length: 9 }, () => learned(0.5)), learned(0, 0)],
      [],
    ],
  ])('%s', (_, all, expected) => {
    expect(seenOf(all)).toEqual(expected)
  })
})
