import type { Engine, EngineName } from './engine.ts'

export type Unit = '/s' | 'ms' | 'µs' | 's' | 'times'

/** One line of the table. */
export interface Figure {
  name: string
  unit: Unit
  values: Partial<Record<EngineName, number>>
  /** The most our engine may show. */
  goal?: number
}

/** A figure of every engine that has it. */
export function figure<W extends { engine: Engine }>(
  name: string,
  unit: Unit,
  worlds: readonly W[],
  valueOf: (world: W) => number,
  goal?: number,
): Figure {
  const values = Object.fromEntries(worlds.map(world => [world.engine.name, valueOf(world)]))
  return { name, unit, values, ...(goal !== undefined && { goal }) }
}
