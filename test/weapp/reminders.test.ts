/** @jest-environment jsdom */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { BUILD_MS, builtFront } from '../support/front.ts'
import { aDatabaseUri, putReminders } from '../support/inbox.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'
import { startPhone, type OpenPage, type Phone } from './host.ts'

const QUIZ_MS = 120_000
const MOST_ANSWERS = 15
const OPENID = 'openid-of-a-reader'
const TEMPLATE = 'template-of-ours'
const ACCEPTED = 'request POST /api/reminders/accepted'

const uri = aDatabaseUri('weapp')
const wechat = startWechatEmulator()
let server: ServerProcess
let phone: Phone

beforeAll(async () => {
  const folder = await builtFront('weapp')
  // Sample lessons come with a first start in demo mode.
  const first = startServer({ MONGODB_URI: uri, DEMO: '1' })
  await first.started
  first.kill('SIGTERM')
  await first.ended
  wechat.subscription.addTemplate({
    ...{ id: TEMPLATE, title: '学习提醒' },
    fields: { thing1: '标题', thing2: '内容', time3: '时间' },
  })
  server = startServer({
    ...{ MONGODB_URI: uri, WECHAT_APPID: wechat.appid, WECHAT_SECRET: wechat.secret },
    ...{ WECHAT_API_BASE: wechat.base, WECHAT_REMINDER_TEMPLATE: `${TEMPLATE} thing1 thing2 time3` },
  })
  phone = startPhone(folder, await server.started, wechat.signIn.codeOf(OPENID))
}, BUILD_MS)

afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
})

beforeEach(() => {
  phone.wechat.answers = {}
  phone.wechat.calls.length = 0
})
afterEach(() => {
  phone.offline = false
})

const template = (status: string) => ({ ok: { [TEMPLATE]: status } })

async function opened(route: string, see: string): Promise<OpenPage> {
  const page = await phone.open(route)
  await page.until(see)
  return page
}

/** Taps what says `words`. */
async function tapOn(page: OpenPage, selector: string, words: string): Promise<void> {
  await page.until(() => page.texts(selector).some(text => text.includes(words)))
  await page.tap(
    selector,
    page.texts(selector).findIndex(text => text.includes(words)),
  )
}

/** What the pages do while something is done. */
async function journalOf(doing: () => Promise<void>): Promise<string[]> {
  const before = phone.wechat.journal.length
  await doing()
  return phone.wechat.journal.slice(before)
}

/** The last call of an API came straight out of a tap, before anything else was called. */
function expectFirstInTap(api: string): void {
  const { journal } = phone.wechat
  expect(journal.slice(journal.lastIndexOf(api) - 1).slice(0, 2)).toEqual(['tap', api])
}

/** Works through today's quiz to its summary. */
async function finishQuiz(page: OpenPage): Promise<void> {
  const keys = new Map<string, string[]>()
  await page.tap('.chip')
  for (let count = 0; count < MOST_ANSWERS && page.count('.summary') === 0; count++) {
    if (count > 0) await page.tap('.mark .btn-seal')
    await page.until(() => page.count('.commit') === 1)
    const stem = page.texts('.stem').at(-1) ?? ''
    for (const label of keys.get(stem) ?? ['A']) await page.tap('.option', label.charCodeAt(0) - 65)
    const marks = page.count('.mark')
    await page.tap('.commit')
    await page.until(() => page.count('.mark') > marks)
    const solved = page.texts('.mark').at(-1) ?? ''
    keys.set(
      stem,
      [...solved.matchAll(/✓([A-F])/g)].map(([, label = 'A']) => label),
    )
    await page.until(() => page.count('.mark .btn-seal') + page.count('.summary') > 0)
  }
}

describe('at the end of the quiz', () => {
  test(
    'who has reminders off is told once where they are, and WeChat asks nothing',
    async () => {
      const page = await opened('pages/today/index', '今日一课')
      await finishQuiz(page)
      await page.until('想让日知按时提醒您？在“我的 · 学习提醒”里打开')
      expect(page.text()).toContain('看看这个月')
      expect(phone.wechat.calls).toEqual([])
      page.close()
    },
    QUIZ_MS,
  )

  test('who wants them is offered to allow one: the first call of the tap, and nothing waits for its answer', async () => {
    const settings = await opened('pages/reminders/index', '按时提醒我')
    await settings.tap('.row')
    await settings.until('怎样提醒')
    settings.close()

    phone.wechat.answers = { requestSubscribeMessage: 'never' }
    const page = await opened('pages/today/index', '允许再提醒一次')
    expect(page.text()).toContain('微信的提醒次数用完了')
    expect(phone.wechat.calls).toEqual([])
    await tapOn(page, '.summary .btn', '允许再提醒一次')
    expectFirstInTap('requestSubscribeMessage')
    expect(phone.wechat.calls).toMatchObject([{ options: { tmplIds: [TEMPLATE] } }])
    await page.until('看看这个月')
    expect(page.text()).not.toContain('允许再提醒一次')

    page.close()

    // It is offered once a day.
    const again = await opened('pages/today/index', '看看这个月')
    expect(again.text()).not.toContain('允许再提醒一次')

    // The conversation goes on while WeChat still asks.
    await again.fill('.composer-field', '帮助')
    await again.tap('.composer-send')
    await again.until('我的积分')
    again.close()
  })
})

describe('the settings page', () => {
  test('allowing is the first call of the tap; an accept is told the server once, and counts', async () => {
    phone.wechat.answers = { requestSubscribeMessage: template('acceptWithAudio') }
    const page = await opened('pages/reminders/index', '微信现在不能提醒您')
    for (const left of [1, 2]) {
      const done = await journalOf(async () => {
        await page.tap('.btn-seal')
        await page.until(`微信还能提醒您 ${left} 次`)
      })
      expectFirstInTap('requestSubscribeMessage')
      expect(done.filter(call => call === ACCEPTED)).toHaveLength(1)
      expect(page.text()).toContain('微信可以多提醒您一次')
    }
    page.close()
  })

  test('a refusal is taken as it is, and nothing is told the server', async () => {
    phone.wechat.answers = { requestSubscribeMessage: template('reject') }
    const page = await opened('pages/reminders/index', '微信还能提醒您 2 次')
    const done = await journalOf(async () => {
      await page.tap('.btn-seal')
      await page.until('好的，这次没有允许')
    })
    expect(done).not.toContain(ACCEPTED)
    page.close()
  })

  test.each([
    [10002, '网络不通'],
    [10003, '网络不通'],
    [10005, '没能弹出窗口'],
    [20001, '没有设置好'],
    [20004, '关掉了日知的订阅消息'],
    [20005, '被停用了'],
  ])('failure %d is told in words: %s', async (errCode, words) => {
    phone.wechat.answers = { requestSubscribeMessage: { fail: { errCode } } }
    const page = await opened('pages/reminders/index', '怎样提醒')
    await page.tap('.btn-seal')
    await page.until(words)
    const leads = page.texts('.btn').some(text => text.includes('去微信设置里打开'))
    expect(leads).toBe(errCode === 20004)
    if (leads) {
      await tapOn(page, '.btn', '去微信设置里打开')
      expect(phone.wechat.calls.at(-1)).toMatchObject({
        ...{ api: 'openSetting', options: { withSubscriptions: true } },
      })
    }
    page.close()
  })

  test('the days that were tapped are saved, without network none is and the page says so', async () => {
    const page = await opened('pages/reminders/index', '哪几天')
    const { journal } = phone.wechat
    const before = journal.length
    await page.tap('.is-seven .choice', 5)
    await page.until(() => journal.slice(before).includes('request PUT /api/reminders'))
    expect(page.count('.is-seven .is-on')).toBe(6)
    phone.offline = true
    await page.tap('.is-seven .choice', 6)
    await page.until('刚才的改动没有保存')
    expect(page.count('.is-seven .is-on')).toBe(6)
    page.close()
  })
})

describe('the phone’s calendar', () => {
  test('every day is one event, rings at its time, and has an end', async () => {
    const page = await opened('pages/reminders/index', '写进手机日历')
    expect(page.text()).toMatch(/会在 07:30 响铃，学完那天也会响；.+后自动停止/)
    await tapOn(page, '.choice', '每天')
    await tapOn(page, '.btn', '写进手机日历')
    expectFirstInTap('addPhoneRepeatCalendar')
    const options = phone.wechat.calls[0]?.options ?? {}
    expect(options).toMatchObject({
      ...{ title: '日知：今日一课五题', alarm: true, alarmOffset: 0, repeatInterval: 'day' },
    })
    const [start, end] = [Number(options.startTime), Number(options.repeatEndTime)]
    expect(new Date(start * 1000).toISOString()).toContain('T23:30:00')
    expect(end - start).toBeGreaterThan(80 * 24 * 3600)
    expect(end - start).toBeLessThan(93 * 24 * 3600)
    await page.until('都交给手机日历了')
    page.close()
  })

  test('some days are one event for each tap, and the page says what is left', async () => {
    const page = await opened('pages/reminders/index', '写进手机日历（周一）')
    expect(page.text()).toContain('6 天要点 6 次')
    await tapOn(page, '.btn', '写进手机日历（周一）')
    await tapOn(page, '.btn', '再写周二，还差 5 天')
    await page.until('再写周三，还差 4 天')
    expect(phone.wechat.calls.map(({ options }) => options.repeatInterval)).toEqual(['week', 'week'])
    page.close()
  })

  test.each([
    [{ errMsg: 'addPhoneRepeatCalendar:fail auth deny' }, '没有允许日知写日历'],
    [
      { errno: 103, errMsg: 'addPhoneRepeatCalendar:fail privacy permission is not authorized' },
      '没有同意隐私',
    ],
    [{ errno: 112 }, '还没有开通写手机日历'],
  ])('%j is told in words', async (fail, words) => {
    phone.wechat.answers = { addPhoneRepeatCalendar: { fail } }
    const page = await opened('pages/reminders/index', '写进手机日历')
    await tapOn(page, '.btn', '写进手机日历')
    await page.until(words)
    expect(page.text()).toContain('写进手机日历（周一）')
    page.close()
  })
})

describe('消息', () => {
  test('says what became of each, opens its page, and knows what was read; without network it is still there', async () => {
    await putReminders(uri, OPENID, [
      {
        ...{ kind: 'daily-lesson', title: '先登记再分办', text: '今日一课', state: 'sent', daysAgo: 0 },
        page: 'pages/lesson/index?id=abc',
      },
      {
        ...{ kind: 'unfinished-quiz', title: '今日一测', text: '还有 3 题', state: 'overtaken', daysAgo: 1 },
        page: 'pages/today/index',
      },
    ])
    const me = await opened('pages/me/index', '2 条未读')
    me.close()
    const page = await opened('pages/inbox/index', '先登记再分办')
    expect(page.text()).toContain('已通过微信提醒')
    expect(page.text()).toContain('已学完或已暂停，没有打扰您')
    expect(page.count('.inbox-mark.is-unread')).toBe(2)
    for (const row of [0, 1]) await page.tap('.inbox-row', row)
    expect(phone.routes.slice(-2).map(route => route.replace(/[?&]\$taroTimestamp.*/, ''))).toEqual([
      '/pages/lesson/index?id=abc',
      '/pages/today/index',
    ])
    await page.until(() => page.count('.inbox-mark.is-unread') === 0)
    page.close()

    const again = await opened('pages/inbox/index', '先登记再分办')
    await again.until(() => again.count('.inbox-mark.is-unread') === 0)
    again.close()
    phone.offline = true
    const offline = await opened('pages/inbox/index', '先登记再分办')
    expect(offline.text()).not.toContain('没有打开')
    offline.close()
  })
})
