/** The value below which that share of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** How many milliseconds some work takes. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** How often a second so many clients, each one call after the other, can do something. */
export async function rateOf(
  clients: number,
  seconds: number,
  call: (i: number) => Promise<unknown>,
): Promise<number> {
  const from = performance.now()
  const until = from + seconds * 1000
  let calls = 0
  const client = async (): Promise<void> => {
    while (performance.now() < until) await call(calls++)
  }
  await Promise.all(Array.from({ length: clients }, client))
  return calls / ((performance.now() - from) / 1000)
}

/** What the benchmark is at, for whoever waits. */
export const progress = (line: string): void => void process.stderr.write(`${line}\n`)
