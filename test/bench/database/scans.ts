import type { Collection, Document } from 'mongodb'
import type { Engine } from './engine.ts'
import { type Figure, figure } from './figure.ts'
import type { Filled } from './filled.ts'
import { median, millisecondsOf, progress } from './measure.ts'
import type { Plan } from './plan.ts'

const date = '$at'
const timezone = 'Asia/Shanghai'
const grouped = (by: unknown): Document[] => [{ $group: { _id: by, n: { $sum: 1 } } }]

const pipelines = {
  group: [
    { $group: { _id: '$g', n: { $sum: 1 }, sum: { $sum: '$score' }, most: { $max: '$score' } } },
    { $sort: { sum: -1 } },
  ],
  match: [{ $match: { 'profile.name': 'nobody' } }, { $count: 'n' }],
  plainly: grouped(date),
  dateToString: grouped({ $dateToString: { date, format: '%Y-%m-%d', timezone } }),
  dateTrunc: grouped({ $dateTrunc: { date, unit: 'day', timezone } }),
} satisfies Record<string, Document[]>

type Scan = keyof typeof pipelines
const scans = Object.keys(pipelines) as Scan[]
const MOST_MICROSECONDS = 5

interface Times {
  engine: Engine
  taken: Record<Scan, number[]>
}

/** What it costs to go through every document of a collection. */
export async function benchScans(worlds: readonly Filled[], plan: Plan): Promise<Figure[]> {
  const { scanned } = plan
  const times = worlds.map(({ engine }): Times => ({
    engine,
    taken: { group: [], match: [], plainly: [], dateToString: [], dateTrunc: [] },
  }))
  for (let round = 0; round <= plan.rounds; round++) {
    progress(round === 0 ? 'scans, to warm up' : `scans, round ${round} of ${plan.rounds}`)
    for (const [i, { collections }] of worlds.entries())
      for (const scan of scans) {
        const taken = await scanTime(collections.get(scanned), scan)
        if (round > 0) times[i]?.taken[scan].push(taken)
      }
  }
  const whole = (scan: Scan) => (one: Times) => median(one.taken[scan])
  const each = (scan: Scan) => (one: Times) => (whole(scan)(one) * 1000) / scanned
  const documents = `${scanned.toLocaleString('en')} documents`
  return [
    figure(`$group of ${documents}`, 'ms', times, whole('group')),
    figure(`$match of ${documents} without index`, 'ms', times, whole('match')),
    figure('$group by a date, a document', 'µs', times, each('plainly')),
    figure(
      `$group by $dateToString in ${timezone}, a document`,
      'µs',
      times,
      each('dateToString'),
      MOST_MICROSECONDS,
    ),
    figure(
      `$group by $dateTrunc in ${timezone}, a document`,
      'µs',
      times,
      each('dateTrunc'),
      MOST_MICROSECONDS,
    ),
  ]
}

async function scanTime(collection: Collection | undefined, scan: Scan): Promise<number> {
  return collection ? millisecondsOf(() => collection.aggregate(pipelines[scan]).toArray()) : Number.NaN
}
