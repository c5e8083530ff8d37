import cron from 'node-cron'
import { dayOf, timeOf } from '#shared/day'
import type { Log } from './base/log.ts'
import { once, type Run } from './base/once.ts'
import { pushDay } from './chat/greeting-service.ts'
import { watchLaws } from './law-watch.ts'
import { tellAllReviewed } from './policy/service.ts'
import { regradeLately } from './quiz/service.ts'
import { type Channel, judgeReminders, planReminders, sendReminders } from './reminder/service.ts'

/** What jobs are handed. */
export interface JobOutside {
  now: () => Date
  log: Log
  /** Which times and wording of reminders help may be learned. */
  learning?: boolean | undefined
}

/** What jobs and rounds are handed. */
export interface JobsOutside extends JobOutside {
  /** What carries reminders, the one to be used first standing first. */
  channels: readonly Channel[]
}

/** A job that runs at its times of the day, each time once in the whole installation. */
export interface TimedJob {
  name: string
  /** Minutes and hours of the day in Beijing time. Of the times that were missed only the latest is made up for. */
  cron: string
  run: (run: Run & JobOutside) => Promise<void>
}

/** Work that all processes share out among themselves, every minute. */
interface Round {
  name: string
  run: (round: JobsOutside & { signal: AbortSignal }) => Promise<void>
}

const ZONE = 'Asia/Shanghai'
/** Every minute a slot whose process died, or that was missed, is taken up again. */
const SWEEP = '* * * * *'

/** The timetable. */
export const timetable: TimedJob[] = [
  /** The day's lesson and quiz invitation for everybody seen in the last two weeks. */
  { name: 'daily-push', cron: '30 7 * * *', run: pushDay },
  /** Questions and answers on clauses that a day brought to an end. */
  { name: 'law-watch', cron: '10 0 * * *', run: async run => void (await watchLaws(run)) },
  /** Persons' answers of which those who asked were not told. */
  { name: 'tell-reviewed', cron: '50 7 * * *', run: tellAllReviewed },
  /** Answers to corrected questions that were not marked again yet. */
  { name: 'mark-again', cron: '20 3 * * *', run: regradeLately },
  /** Reminders, at the times a cadre may choose. */
  { name: 'reminders', cron: '*/30 7-21 * * *', run: planReminders },
  /** Whether reminders helped, after the last of the day's and before the first of the next. */
  { name: 'judge-reminders', cron: '40 23 * * *', run: judgeReminders },
]

/** Reminders that were planned: a round for each channel, so that a slow one keeps no other waiting. */
const roundsOf = ({ channels }: JobsOutside): Round[] =>
  channels.length === 0
    ? [{ name: 'send-reminders', run: sendReminders }]
    : channels.map(over => ({
        name: `send-reminders ${over.name}`,
        run: round => sendReminders({ ...round, over }),
      }))

/** Starts the timetable and the rounds, and takes up what was missed today. The returned function ends it after the batch at work. */
export function startJobs(outside: JobsOutside, jobs: TimedJob[] = timetable): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const rounds = roundsOf(outside)
  const working = new Map<string, Promise<void>>()
  const start = (name: string, run: () => Promise<void>) => {
    if (signal.aborted || working.has(name)) return
    working.set(
      name,
      run().finally(() => working.delete(name)),
    )
  }
  const startJob = (job: TimedJob) => start(job.name, () => runDue(job, outside, signal))
  const sweep = () => {
    jobs.forEach(startJob)
    for (const round of rounds) start(round.name, () => runRound(round, outside, signal))
  }
  const tasks = [
    ...jobs.map(job => cron.schedule(job.cron, () => startJob(job), { name: job.name, timezone: ZONE })),
    cron.schedule(SWEEP, sweep, { name: 'sweep', timezone: ZONE, suppressMissedWarning: true }),
  ]
  sweep()
  return async () => {
    stopping.abort()
    for (const task of tasks) await task.destroy()
    await Promise.all(working.values())
  }
}

/** A failure is logged, and the next round goes on. */
const runRound = ({ name, run }: Round, outside: JobsOutside, signal: AbortSignal): Promise<void> =>
  run({ ...outside, signal }).catch((error: unknown) => {
    outside.log.error({ error, job: name }, 'round failed')
  })

/** Runs a job's latest slot of today once it is due; a failure is logged, and the next sweep goes on where it stopped. */
export async function runDue(
  job: TimedJob,
  { now, log, learning }: JobOutside,
  signal?: AbortSignal,
): Promise<void> {
  const slot = dueSlot(job.cron, now())
  if (!slot) return
  try {
    const ended = await once({ name: job.name, slot, now, signal }, run =>
      job.run({ ...run, now, log, learning }),
    )
    if (ended !== 'not-ours') log.info({ job: job.name, slot }, `job ${ended}`)
  } catch (error) {
    log.error({ error, job: job.name, slot }, 'job failed')
  }
}

/** The latest time of the day of a cron line that has come: the day, with the time where there are several; undefined before the first. */
export function dueSlot(line: string, now: Date): string | undefined {
  const { hour, minute } = cron.parse(line)
  const times = hour.flatMap(h => minute.map(m => `${twoDigits(h)}:${twoDigits(m)}`)).sort()
  const latest = times.filter(time => time <= timeOf(now)).at(-1)
  if (latest === undefined) return undefined
  return times.length === 1 ? dayOf(now) : `${dayOf(now)} ${latest}`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
