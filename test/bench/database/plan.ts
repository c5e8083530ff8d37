/** How much the benchmark does. */
export interface Plan {
  brief: boolean
  clients: number
  /** Rounds in which the engines take turns; the middle one counts. */
  rounds: number
  writeSeconds: number
  /** How many documents the collections have whose reads are compared, ascending. */
  sizes: readonly number[]
  /** Reads of one kind, of one collection, in one round. */
  reads: number
  /** How many documents are scanned: one of `sizes`. */
  scanned: number
  /** Bytes of documents that are opened. */
  openedBytes: number
}

const full: Plan = {
  brief: false,
  clients: 32,
  rounds: 3,
  writeSeconds: 3,
  sizes: [1_000, 100_000, 1_000_000],
  reads: 500,
  scanned: 100_000,
  openedBytes: 200_000_000,
}

/** Shows within half a minute that everything runs; its figures say little. */
const brief: Plan = {
  ...full,
  brief: true,
  writeSeconds: 0.3,
  sizes: [1_000, 10_000, 30_000],
  reads: 100,
  scanned: 10_000,
  openedBytes: 10_000_000,
}

/** Reads what follows the command; throws on a word it does not know. */
export function planOf(args: readonly string[]): Plan {
  const unknown = args.find(word => word !== '--brief')
  if (unknown !== undefined) throw new Error(`${unknown} is unknown; only --brief may be said`)
  return args.includes('--brief') ? brief : full
}
