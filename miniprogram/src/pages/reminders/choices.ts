/** So many times may be chosen. */
export const MOST_TIMES = 3

/** The full and half hours from one time to another. */
export function timesBetween(first: string, last: string): string[] {
  const times: string[] = []
  for (let half = halvesIn(first); half <= halvesIn(last); half++) {
    times.push(`${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`)
  }
  return times
}

const halvesIn = (time: string): number => Number(time.slice(0, 2)) * 2 + Number(time.slice(3, 5)) / 30

/** One time more, in the order of the day, while there is room. */
export const addTime = (times: readonly string[], time: string): string[] =>
  times.includes(time) || times.length >= MOST_TIMES ? [...times] : [...times, time].sort()

/** One time less; the last one stays. */
export const removeTime = (times: readonly string[], time: string): string[] =>
  times.length > 1 ? times.filter(other => other !== time) : [...times]

/** A day of the week more or less; the last one stays. */
export function toggleDay(days: readonly number[], day: number): number[] {
  if (!days.includes(day)) return [...days, day].sort((a, b) => a - b)
  return days.length > 1 ? days.filter(other => other !== day) : [...days]
}

/** One of several more or less. */
export const toggled = <T>(chosen: readonly T[], one: T): T[] =>
  chosen.includes(one) ? chosen.filter(other => other !== one) : [...chosen, one]
