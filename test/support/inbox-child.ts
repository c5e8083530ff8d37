import mongoose from 'mongoose'
import { Identity } from '#server/account/model'
import { connect, disconnect } from '#server/base/database'
import { Reminder } from '#server/reminder/model'

/** Puts reminders into somebody's inbox, as planning and sending would have left them, and ends. */
const { uri, subject, reminders } = JSON.parse(process.argv[2] ?? '{}') as {
  uri: string
  subject: string
  reminders: {
    id: string
    kind: string
    title: string
    text: string
    page: string
    at: string
    state: string
  }[]
}

async function put(): Promise<void> {
  await connect(uri)
  const identity = await Identity.findOne({ subject }).lean()
  if (!identity) throw new Error('nobody of this name')
  await Reminder.insertMany(
    reminders.map(({ id, at, kind, ...words }, number) => ({
      ...{ _id: new mongoose.Types.ObjectId(id), cadre: identity.cadre, kind, key: kind, ...words },
      // Each on a day of its own, since planning makes no third for a day.
      ...{ day: `2020-01-${10 + number}`, slot: '07:30', number: 1 },
      ...{ at: new Date(at), notBefore: new Date(at), tries: 1 },
    })),
  )
  await disconnect()
}

void put()
