/** A stand-in's clock: the real time until it is set or moved. */
export interface Clock {
  now: () => number
  /** Stops at this moment, ISO with offset. */
  set: (moment: string) => void
  pass: (ms: number) => void
}

export function createClock(): Clock {
  let stopped: number | undefined
  let ahead = 0
  return {
    now: () => stopped ?? Date.now() + ahead,
    set: moment => {
      stopped = new Date(moment).getTime()
    },
    pass: ms => {
      if (stopped === undefined) ahead += ms
      else stopped += ms
    },
  }
}

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
