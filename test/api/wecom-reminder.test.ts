import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { Slot } from '#server/base/slot'
import { tokenStore } from '#server/base/token-store'
import { createWecom } from '#server/clients/wecom'
import { runDue, timetable } from '#server/jobs'
import { Reminder } from '#server/reminder/model'
import { sendReminders } from '#server/reminder/service'
import { wechatChannel } from '#server/wechat-channel'
import { wecomChannel } from '#server/wecom-channel'
import { startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'
import type { Fault } from '../support/platform/fault.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'
import { startWecomEmulator } from '../support/wecom/start.ts'

const wechat = startWechatEmulator()
const emulator = startWecomEmulator()
const { message } = emulator
const wecom = createWecom(emulator, {
  tokens: tokenStore,
  now: () => new Date(emulator.clock.now()),
  pauseMs: 1,
})
const appid = 'wx0123456789abcdef'
const template = { id: 'template-of-ours', title: 'thing1', text: 'thing2', time: 'time3' }
const channels = [
  wecomChannel(wecom, { corpid: emulator.corpid, appid }),
  wechatChannel(aClientOf(wechat), template),
]
const app = startApp({ at: '2026-11-23T07:00:00+08:00', wechat: aClientOf(wechat), wecom, channels })
const log = createLog('silent')
const outside = { now: () => app.now, log, channels }
const SEND = '/cgi-bin/message/send'
const sends = () => emulator.log.filter(({ path }) => path === SEND)

beforeAll(async () => {
  await questions(5)
})
beforeEach(async () => {
  setTime('07:00')
  for (const { faults, log } of [emulator, wechat]) {
    faults.clear()
    log.length = 0
  }
  message.messages.length = 0
  await Promise.all([Slot, Reminder].map(model => model.collection.deleteMany({})))
})

function setTime(time: string): void {
  app.now = new Date(`2026-11-23T${time}:00+08:00`)
  for (const { clock } of [emulator, wechat]) clock.set(`2026-11-23T${time}:00+08:00`)
}

let people = 0
/** A member who wants reminders; the ones before want none any more. */
async function aMember() {
  people += 1
  const userid = `Member-${people}`
  message.addMember(userid)
  const body = { code: emulator.signIn.codeOf(userid), way: 'wecom' as const }
  const { token, cadre } = await app.anyone.call('POST /sign-in', { body })
  const member = { ...app.holding(token), id: cadre.id, userid }
  await wanted(member)
  return member
}
type Member = Awaited<ReturnType<typeof aMember>>

const wanted = ({ call }: Pick<Member, 'call'>, on = true) =>
  call('PUT /reminders', {
    body: {
      ...{ on, kinds: ['unfinished-quiz'], times: ['07:30'] },
      ...{ days: [1, 2, 3, 4, 5], holidays: false, learning: false },
    },
  })
const states = async ({ call }: Pick<Member, 'call'>) =>
  (await call('GET /inbox', { query: {} })).reminders.map(({ state }) => state)

async function remindAt(time: string): Promise<void> {
  setTime(time)
  const job = timetable.find(({ name }) => name === 'reminders')
  if (!job) throw new Error('no such job')
  await runDue(job, outside)
  await sendReminders(outside)
}

/** What becomes of the reminder of one member while something is wrong with the platform. */
async function remindedWith(fault: Fault, times?: number): Promise<Member> {
  const member = await aMember()
  emulator.faults.plan({ path: SEND, fault, ...(times !== undefined && { times }) })
  await remindAt('07:30')
  await wanted(member, false)
  return member
}

test('a member is reminded without having to allow it, and the message opens the mini-program', async () => {
  const member = await aMember()
  expect(await member.call('GET /reminders')).toMatchObject({ channel: 'wecom', permission: null })
  await remindAt('07:30')
  await wanted(member, false)
  expect(message.messages).toMatchObject([
    {
      userid: member.userid,
      kind: 'miniprogram_notice',
      content: {
        ...{ appid, page: 'pages/today/index', title: '今日一测', description: '11月23日 07:30' },
        content_item: [{ key: '内容', value: '还有 5 题没答完，点开接着答' }],
      },
    },
  ])
  expect(await states(member)).toEqual(['sent'])
  const sent = { channel: 'wecom', messageId: 'msg-1' }
  expect(await Reminder.find({}).lean()).toMatchObject([sent])
})

test('who is in WeChat as well is reminded in WeCom only', async () => {
  const member = await aMember()
  const body = { way: 'wechat' as const, code: wechat.signIn.codeOf('o-both') }
  await member.call('POST /identities', { body })
  await remindAt('07:30')
  await wanted(member, false)
  expect(message.messages.map(({ userid }) => userid)).toEqual([member.userid])
  expect(wechat.log.filter(({ path }) => path.includes('subscribe'))).toEqual([])
})

test('of another enterprise nobody is written to, though the userid is the same', async () => {
  const member = await aMember()
  const moved = wecomChannel(wecom, { corpid: 'ww-new', appid })
  expect(await moved.addressesOf([member.id])).toEqual(new Map())
  expect(await channels[0]?.addressesOf([member.id])).toEqual(new Map([[member.id, member.userid]]))
  await wanted(member, false)
})

describe('a reminder is refused', () => {
  test('to somebody who is no member any more', async () => {
    const member = await aMember()
    message.removeMember(member.userid)
    await remindAt('07:30')
    await wanted(member, false)
    expect([await states(member), sends().map(({ ended }) => ended)]).toEqual([['refused'], [81013]])
  })

  test('to a member whom the message did not reach though WeCom took it', async () => {
    const member = await aMember()
    message.endLicence(member.userid)
    await remindAt('07:30')
    await wanted(member, false)
    expect([await states(member), sends().map(({ ended }) => ended)]).toEqual([['refused'], [0]])
    expect(message.messages).toEqual([])
  })
})

describe('what is wrong with the platform', () => {
  test.each<[string, Fault, string, number]>([
    ['too many calls today', 45009, 'waiting', 1],
    ['too many calls at once', 45033, 'waiting', 1],
    ['it is busy', -1, 'waiting', 3],
    ['words that it does not take', 45002, 'invalid', 1],
    ['an address it does not trust', 60020, 'invalid', 1],
    ['an app it does not know', 40056, 'invalid', 1],
    ['errors of its own', { status: 502 }, 'unknown', 3],
    ['an answer nobody understands', 'garbage', 'unknown', 3],
    ['a cut line', 'cut-after', 'unknown', 3],
  ])('%s (%j): %s after %i calls', async (_, fault, state, calls) => {
    const member = await remindedWith(fault)
    expect([await states(member), sends().length]).toEqual([[state], calls])
  })

  test('may pass: it is tried again when its time has come, and not before', async () => {
    const member = await remindedWith(45033)
    emulator.faults.clear()
    await wanted(member)
    await sendReminders(outside)
    expect(await states(member)).toEqual(['waiting'])
    setTime('07:31')
    await sendReminders(outside)
    await wanted(member, false)
    expect([await states(member), message.messages.length]).toEqual([['sent'], 1])
  })

  test('may last the day: a used-up quota is asked again an hour later, and then given up', async () => {
    const member = await remindedWith(45009)
    const [{ notBefore } = { notBefore: null }] = await Reminder.find({ cadre: member.id }).lean()
    expect(notBefore).toEqual(new Date('2026-11-23T08:30:00+08:00'))
    setTime('09:01')
    await sendReminders(outside)
    expect(await states(member)).toEqual(['late'])
  })

  test('may leave open whether it arrived: it is not sent again', async () => {
    const member = await remindedWith('cut-after')
    emulator.faults.clear()
    await wanted(member)
    setTime('07:40')
    await sendReminders(outside)
    await wanted(member, false)
    expect([await states(member), message.messages.length, sends().length]).toEqual([['unknown'], 1, 3])
  })

  test('may end with the second call: WeCom itself drops what it had the first time', async () => {
    const member = await remindedWith('cut-after', 1)
    expect([await states(member), message.messages.length, sends().length]).toEqual([['sent'], 1, 2])
  })

  test('may be slowness: what is answered too late is asked once more and arrives once', async () => {
    const member = await remindedWith({ slowMs: 5_500 }, 1)
    expect(await states(member)).toEqual(['sent'])
    while (sends().some(({ ended }) => ended === undefined)) await new Promise(later => setTimeout(later, 20))
    expect(message.messages).toHaveLength(1)
  })
})

test('a token that WeCom ends early is replaced once, and the reminder is sent', async () => {
  const member = await aMember()
  emulator.token.kill()
  emulator.log.length = 0
  await remindAt('07:30')
  await wanted(member, false)
  expect(await states(member)).toEqual(['sent'])
  expect(emulator.log.map(({ path, ended }) => [path, ended])).toEqual([
    [SEND, 40014],
    ['/cgi-bin/gettoken', 0],
    [SEND, 0],
  ])
})

test('without a mini-program a card opens the site, and without a site a text says where to go', async () => {
  const fields = { day: '2026-11-23', slot: '07:30', title: '今日一测', text: '还有 5 题' }
  message.addMember('zhang')
  for (const lead of [{ site: 'https://rizhi.example.cn' }, {}]) {
    const channel = wecomChannel(wecom, { corpid: emulator.corpid, ...lead })
    const outcome = await channel.send('zhang', 'unfinished-quiz', fields, 'pages/today/index')
    expect(outcome).toMatchObject({ result: 'sent' })
  }
  expect(message.messages).toMatchObject([
    { kind: 'textcard', content: { url: 'https://rizhi.example.cn/#/pages/today/index' } },
    { kind: 'text' },
  ])
})
