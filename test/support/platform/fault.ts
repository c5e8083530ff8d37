/**
 * What can be wrong with a platform. A number is an errcode, `{ status }` an HTTP error, `{ slowMs }` a late answer,
 * `hang` none at all. `cut` ends the connection before the work is done, `cut-after` once it was done.
 */
export type Fault =
  number | { status: number } | { slowMs: number } | 'hang' | 'garbage' | 'cut' | 'cut-after'

export interface FaultPlan {
  fault: Fault
  /** Only calls whose path begins so. */
  path?: string
  /** How many calls; all of them where it is left out. */
  times?: number
}

export interface Faults {
  /** From now on. Later plans win. */
  plan: (plan: FaultPlan) => void
  clear: () => void
  /** What is wrong with this call; uses it up. */
  next: (path: string) => Fault | undefined
}

export function createFaults(): Faults {
  let plans: { fault: Fault; path: string; left: number }[] = []
  return {
    plan: ({ fault, path = '/', times = Infinity }) => void plans.unshift({ fault, path, left: times }),
    clear: () => {
      plans = []
    },
    next: path => {
      const found = plans.find(plan => plan.left > 0 && path.startsWith(plan.path))
      if (found) found.left -= 1
      return found?.fault
    },
  }
}
