import { type MongoClient } from 'mongodb'
import { seedCrowd } from './reminder-seed.ts'
import type { Done, Errand } from './sender-child.ts'
import { startChild } from './stage.ts'

/** Everybody enrolled in the county in 2017, and a prefecture. */
const SIZES = [2_024, 100_000]
/** Messages of the loop that only asks the emulator. */
const RAW = 20_000
const DAY = '2026-11-23'
const FROM = Date.parse(`${DAY}T07:30:00+08:00`)
const template = { id: 'template-of-ours', title: 'thing1', text: 'thing2', time: 'time3' }
const MICROSECONDS = 1e6

/** One slot of so many cadres, from its plan to the last reminder that ended. */
interface SlotResult {
  cadres: number
  plannedPerSecond: number
  sentPerSecond: number
  /** Planned and sent. */
  perSecond: number
  /** Processor time of a reminder in the sending process, in this one with the embedded database, and in the emulator. */
  senderMicroseconds: number
  databaseMicroseconds: number
  emulatorMicroseconds: number
  /** Of the sending process, in megabytes. */
  rssStart: number
  rssPeak: number
  reached: number
  twice: number
}

/** What reminders cost, few and many. */
export interface RemindersResult {
  slots: SlotResult[]
  /** Time of a reminder among many beside one among few. */
  ratio: number
  /** What a loop gets out of the emulator that does nothing else. */
  emulatorPerSecond: number
}

/** Plans a slot and sends it against WeChat's emulator, each in a process of its own. */
export async function benchReminders(uri: string, client: MongoClient): Promise<RemindersResult> {
  const slots: SlotResult[] = []
  for (const cadres of sizes()) slots.push(await benchSlot(uri, client, cadres))
  const [few, many] = [slots[0], slots.at(-1)]
  return {
    slots,
    ratio: (few?.perSecond ?? 0) / (many?.perSecond ?? 1),
    emulatorPerSecond: await benchEmulator(),
  }
}

/** BENCH_CADRES names other sizes. */
const sizes = (): number[] => process.env.BENCH_CADRES?.split(',').map(Number) ?? SIZES

type Emulator = ReturnType<typeof startChild>
interface Counted {
  calls: number
  reached: number
  twice: number
  cpuSeconds: number
}

async function benchSlot(uri: string, client: MongoClient, cadres: number): Promise<SlotResult> {
  const dbName = `bench-reminders-${cadres}`
  await seedCrowd(uri, client, { dbName, count: cadres, template: template.id, day: DAY })
  const emulator = startChild('wechat-child', String(cadres), template.id)
  const wechat = await emulator.told<Errand['wechat']>()
  const before = await counted(emulator)
  const own = process.cpuUsage()
  const done = await run<Done>({ uri, dbName, from: FROM, wechat, template })
  const { user, system } = process.cpuUsage(own)
  const { reached, twice, cpuSeconds } = await counted(emulator)
  await emulator.stop()
  await checkEnds(client, dbName, { cadres, reached, twice })
  await client.db(dbName).dropDatabase()
  const each = (seconds: number) => Math.round((seconds / cadres) * MICROSECONDS)
  return {
    cadres,
    plannedPerSecond: Math.round(cadres / done.planSeconds),
    sentPerSecond: Math.round(cadres / done.sendSeconds),
    perSecond: Math.round(cadres / (done.planSeconds + done.sendSeconds)),
    senderMicroseconds: each(done.cpuSeconds),
    databaseMicroseconds: each((user + system) / MICROSECONDS),
    emulatorMicroseconds: each(cpuSeconds - before.cpuSeconds),
    rssStart: done.rssStart,
    rssPeak: done.rssPeak,
    reached,
    twice,
  }
}

/** Every cadre got one message by the emulator's own count, and every reminder says that it was sent. */
async function checkEnds(
  client: MongoClient,
  dbName: string,
  { cadres, reached, twice }: { cadres: number; reached: number; twice: number },
): Promise<void> {
  const sent = await client.db(dbName).collection('reminders').countDocuments({ state: 'sent' })
  const left = await client.db(dbName).collection('reminderquotas').countDocuments({ left: 1, heldBy: null })
  if (reached !== cadres || twice !== 0 || sent !== cadres || left !== cadres)
    throw new Error(`of ${cadres}: ${reached} reached, ${twice} twice, ${sent} sent, ${left} paid once`)
}

const counted = (emulator: Emulator): Promise<Counted> => {
  emulator.ask('count')
  return emulator.told<Counted>()
}

async function run<T>(errand: Errand): Promise<T> {
  const sender = startChild('sender-child', JSON.stringify(errand))
  const done = await sender.told<T>()
  await sender.ended
  return done
}

async function benchEmulator(): Promise<number> {
  const emulator = startChild('wechat-child', String(RAW), template.id)
  const wechat = await emulator.told<Errand['wechat']>()
  const seconds = await run<number>({ uri: '', dbName: '', from: FROM, wechat, template, raw: RAW })
  await emulator.stop()
  return Math.round(RAW / seconds)
}
