import { connect } from '#server/base/database'
import { createLog } from '#server/base/log'
import { tokenStore } from '#server/base/token-store'
import { createWechat } from '#server/clients/wechat'
import { runDue, timetable } from '#server/jobs'
import { sendReminders } from '#server/reminder/service'
import { wechatChannel } from '#server/wechat-channel'

/** One of many processes that plan and send reminders until they are killed, on a clock that runs fast. */
const { uri, dbName, from, since, speed, wechat, template } = JSON.parse(process.argv[2] ?? '{}') as {
  uri: string
  dbName: string
  /** What the fast clock said at the real moment `since`. */
  from: number
  since: number
  speed: number
  wechat: { base: string; appid: string; secret: string }
  template: Parameters<typeof wechatChannel>[1]
}
const now = () => new Date(from + (Date.now() - since) * speed)
const log = createLog('silent')
const tokens = { tokens: tokenStore, now: () => new Date(), pauseMs: 1 }
const channels = [wechatChannel(createWechat(wechat, tokens), template)]
const job = timetable.find(({ name }) => name === 'reminders')

async function work(): Promise<void> {
  await connect(uri, { dbName })
  for (;;) {
    if (job) await runDue(job, { now, log })
    await sendReminders({ now, log, channels })
    await new Promise(later => setTimeout(later, 20))
  }
}

void work()
