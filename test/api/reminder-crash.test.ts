import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import mongoose, { Types } from 'mongoose'
import { Cadre, Identity } from '#server/account/model'
import { root } from '#server/base/paths'
import { createLog } from '#server/base/log'
import { Lesson } from '#server/course/model'
import { Reminder, ReminderQuota, ReminderWish } from '#server/reminder/model'
import { defaultWishes } from '#server/reminder/plan'
import { sendReminders } from '#server/reminder/service'
import { wechatChannel } from '#server/wechat-channel'
import { databaseUri, startDatabase } from '../support/app.ts'
import { questions } from '../support/factories.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

startDatabase()
const wechat = startWechatEmulator()
const template = { id: 'template-of-ours', title: 'thing1', text: 'thing2', time: 'time3' }
const CADRES = 800
/** A lease of a minute is six seconds. */
const SPEED = 10
const START = Date.parse('2026-11-23T12:30:00+08:00')

const folder = mkdtempSync(join(root, 'dist/reminder-'))
const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function compiled(): Promise<string> {
  const outfile = join(folder, 'child.cjs')
  await build({
    entryPoints: [join(root, 'test/support/reminder-child.ts')],
    ...{ outfile, absWorkingDir: root, bundle: true, platform: 'node', target: 'node20' },
    ...{ format: 'cjs', packages: 'external', logLevel: 'warning' },
  })
  return outfile
}

/** Cadres who want reminders: every fifth has no permission here, and every seventh none at WeChat. */
async function seed(): Promise<void> {
  wechat.subscription.addTemplate({
    id: template.id,
    title: '学习提醒',
    fields: { thing1: '标题', thing2: '内容', time3: '时间' },
  })
  const own = await questions(5)
  await Lesson.create({
    ...{ order: 1, slug: 'first', title: '第一课', category: '基层治理', topic: '信访', minutes: 3 },
    ...{ scene: '窗口', body: [], tomorrow: [], sources: [], reviewBy: '2027-06-30', checksum: '1' },
    ...{ questions: own.map(({ id }) => id), status: 'published', version: 1, at: new Date() },
  })
  const cadres = Array.from({ length: CADRES }, (_, at) => ({ at, cadre: new Types.ObjectId() }))
  const joinedAt = new Date(START)
  await Cadre.insertMany(cadres.map(({ cadre }) => ({ _id: cadre, joinedAt, seenOn: '2026-11-23' })))
  await Identity.insertMany(
    cadres.map(({ at, cadre }) => ({ provider: 'wechat', subject: `o-${at}`, cadre })),
  )
  await ReminderWish.insertMany(cadres.map(({ cadre }) => ({ ...defaultWishes, on: true, cadre })))
  await ReminderQuota.insertMany(
    cadres.map(({ at, cadre }) => ({
      cadre,
      template: template.id,
      left: at % 5 === 0 ? 0 : 2,
      accepts: [],
    })),
  )
  for (const { at } of cadres) {
    wechat.people.visit(`o-${at}`)
    if (at % 7 !== 0) for (const id of [template.id, template.id]) wechat.subscription.accept(`o-${at}`, id)
  }
}

const open = () => Reminder.countDocuments({ state: { $in: ['waiting', 'sending'] } })
const sendings = () => wechat.log.filter(({ path }) => path === '/cgi-bin/message/subscribe/send')
const pause = (ms: number) => new Promise(later => setTimeout(later, ms))

function startOne(program: string, since: number): void {
  const settings = {
    ...{ uri: databaseUri(), dbName: mongoose.connection.name, from: START, since, speed: SPEED, template },
    wechat: { base: wechat.base, appid: wechat.appid, secret: wechat.secret },
  }
  const child = spawn(process.execPath, [program, JSON.stringify(settings)], { cwd: root, stdio: 'inherit' })
  children.add(child)
  child.once('exit', () => children.delete(child))
}

/** Kills one process after another, each while a message of its own may be under way, and starts another for it. */
async function killOften(program: string, since: number): Promise<number> {
  let kills = 0
  for (let seen = 0; kills < 5 && Date.now() - since < 40_000;) {
    await pause(15)
    if (sendings().length < seen + 3) continue
    const [victim] = children
    victim?.kill('SIGKILL')
    kills += 1
    startOne(program, since)
    seen = sendings().length
  }
  return kills
}

async function allEnded(since: number): Promise<void> {
  while (((await open()) > 0 || (await Reminder.countDocuments()) < CADRES) && Date.now() - since < 120_000)
    await pause(100)
  for (const child of [...children]) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

/** What of each cadre's reminder is kept here, its permissions, and how many messages arrived by WeChat's own account. */
async function ends(): Promise<{ state: string; left: number; arrived: number }[]> {
  const openids = new Map(
    (await Identity.find().lean()).map(({ cadre, subject }) => [String(cadre), subject]),
  )
  const lefts = new Map((await ReminderQuota.find().lean()).map(({ cadre, left }) => [String(cadre), left]))
  const arrivals = new Map<string, number>()
  for (const { openid } of wechat.subscription.messages) arrivals.set(openid, (arrivals.get(openid) ?? 0) + 1)
  return (await Reminder.find().lean()).map(({ cadre, state }) => ({
    state,
    left: lefts.get(String(cadre)) ?? 0,
    arrived: arrivals.get(openids.get(String(cadre)) ?? '') ?? 0,
  }))
}

test('three processes, killed over and over: nothing is sent twice, and every reminder ends in a named state', async () => {
  const [program] = await Promise.all([compiled(), seed()])
  wechat.subscription.switches.sendMs = 60
  const since = Date.now()
  for (let process = 0; process < 3; process += 1) startOne(program, since)
  expect(await killOften(program, since)).toBeGreaterThanOrEqual(4)
  await allEnded(since)

  const ended = await ends()
  const arrivedWhen = (state: string) =>
    new Set(ended.filter(end => end.state === state).map(({ arrived }) => arrived))
  const leftWhen = (state: string) =>
    new Set(ended.filter(end => end.state === state).map(({ left }) => left))
  expect(ended).toHaveLength(CADRES)
  expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(['sent', 'unknown', 'no-quota']))
  expect(arrivedWhen('sent')).toEqual(new Set([1]))
  expect(arrivedWhen('no-quota')).toEqual(new Set([0]))
  expect([...arrivedWhen('unknown')].every(arrived => arrived <= 1)).toBe(true)
  // Each message used up one permission, and what nobody knows of one at most.
  expect(leftWhen('sent')).toEqual(new Set([1]))
  expect(leftWhen('no-quota')).toEqual(new Set([0]))
  expect([...leftWhen('unknown')].every(left => left <= 2)).toBe(true)
  expect(ended.every(({ left, arrived, state }) => state !== 'unknown' || arrived === 0 || left === 1)).toBe(
    true,
  )
  expect(await ReminderQuota.countDocuments({ heldBy: { $ne: null } })).toBe(0)
  // WeChat was never asked for two at once to one person, and no attempt was made twice.
  expect(sendings().filter(({ ended: code }) => code === 43108)).toEqual([])
  expect(new Set(sendings().map(({ body }) => body.touser)).size).toBe(sendings().length)

  // Whoever comes later finds nothing left to send.
  const channels = [wechatChannel(aClientOf(wechat), template)]
  const before = sendings().length
  await sendReminders({ now: () => new Date(START + 28 * 60_000), log: createLog('silent'), channels })
  expect(sendings()).toHaveLength(before)
}, 180_000)
