import type { Day } from '#shared/day'
import { dayOf } from '#shared/day'
import type { Reply } from '#shared/endpoint'
import { type reminderApi, ReminderWording } from '#shared/reminder'
import { estimates } from './learning-service.ts'
import { Reminder } from './model.ts'
import { reportOf, type SendGroup } from './send-report.ts'

/** GET /sends: the reminders of a day, in numbers. */
export async function sendsOf({
  day,
  now,
  learnable,
}: {
  day: Day | undefined
  now: Date
  learnable: boolean
}): Promise<Reply<(typeof reminderApi)['GET /sends']>> {
  const asked = day ?? dayOf(now)
  const [groups, learning] = await Promise.all([groupsOf(asked), learnable ? learned() : null])
  return { day: asked, ...reportOf(groups), learning }
}

const groupsOf = (day: Day): Promise<SendGroup[]> =>
  Reminder.aggregate<SendGroup>([
    { $match: { day } },
    {
      $group: {
        _id: { channel: '$channel', state: '$state', reason: '$reason' },
        count: { $sum: 1 },
        latest: { $max: { $ifNull: ['$attemptedAt', '$at'] } },
      },
    },
    {
      $project: {
        _id: 0,
        channel: { $ifNull: ['$_id.channel', null] },
        state: '$_id.state',
        reason: { $ifNull: ['$_id.reason', null] },
        count: 1,
        latest: 1,
      },
    },
  ])

async function learned() {
  const { times, wordings } = await estimates()
  return {
    times: times.map(({ arm, ...seen }) => ({ time: arm, ...seen })),
    wordings: ReminderWording.options.flatMap(wording => {
      const found = wordings.find(({ arm }) => arm === wording)
      return found ? [{ wording, cadres: found.cadres, finished: found.finished }] : []
    }),
  }
}
