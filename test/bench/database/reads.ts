import type { Collection } from 'mongodb'
import { emailOf, groupOf, idOf, SCORES } from './document.ts'
import type { Engine } from './engine.ts'
import { type Figure, figure } from './figure.ts'
import { median, millisecondsOf, progress, quantile } from './measure.ts'
import type { Plan } from './plan.ts'
import type { Filled } from './filled.ts'

type Read = (collection: Collection, size: number) => Promise<unknown>

const anyOf = (count: number): number => Math.floor(Math.random() * count)

const reads: Record<string, Read> = {
  'find by _id': (collection, size) => collection.findOne({ _id: idOf(anyOf(size)) }),
  'find by an indexed field': (collection, size) => collection.findOne({ email: emailOf(anyOf(size)) }),
  'range, sort, limit(20)': (collection, size) =>
    collection
      .find({ g: groupOf(anyOf(size)), score: { $lt: SCORES / 2 + anyOf(SCORES / 2) } })
      .sort({ score: -1 })
      .limit(20)
      .toArray(),
}

const MOST_GROWTH = 1.5

interface Times {
  engine: Engine
  /** By size, in milliseconds. */
  taken: Map<number, number[]>
}

/** How long one read takes in a small and in large collections, and how much of that is the size. */
export async function benchReads(worlds: readonly Filled[], plan: Plan): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, read] of Object.entries(reads)) {
    progress(name)
    const times = worlds.map(({ engine }): Times => ({ engine, taken: new Map() }))
    for (const world of worlds) await takeTurns(world, read, plan.reads, new Map())
    for (let round = 0; round < plan.rounds; round++) {
      for (const [i, world] of worlds.entries())
        await takeTurns(world, read, plan.reads, times[i]?.taken ?? new Map())
    }
    figures.push(...figuresOf(name, times, plan))
  }
  return figures
}

/** One read of each collection after the other, so that a busy moment of the machine falls on all. */
async function takeTurns(world: Filled, read: Read, count: number, taken: Times['taken']): Promise<void> {
  for (let n = 0; n < count; n++) {
    for (const [size, collection] of world.collections) {
      const found = taken.get(size) ?? []
      found.push(await millisecondsOf(() => read(collection, size)))
      taken.set(size, found)
    }
  }
}

function figuresOf(name: string, times: readonly Times[], { sizes }: Plan): Figure[] {
  const of = ({ taken }: Times, size: number): number[] => taken.get(size) ?? []
  const [least = 0, most = 0] = [sizes[0], sizes.at(-1)]
  return [
    ...sizes.flatMap(size => [
      figure(`${name}, ${size.toLocaleString('en')}: p50`, 'ms', times, one => median(of(one, size))),
      figure(`${name}, ${size.toLocaleString('en')}: p99`, 'ms', times, one => quantile(of(one, size), 0.99)),
    ]),
    figure(
      `${name}: p50 of the largest to the smallest`,
      'times',
      times,
      one => median(of(one, most)) / median(of(one, least)),
      MOST_GROWTH,
    ),
  ]
}
