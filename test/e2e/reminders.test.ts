import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { aDatabaseUri, type Left, putReminders } from '../support/inbox.ts'
import { type Cadre, type Screen, sticksOut } from './cadre.ts'
import { describeServed } from './served.ts'

const LOOP_MS = 120_000

const phone: Screen = { name: 'reminders-phone', width: 390, height: 844, scheme: 'light' }
const large: Screen = { name: 'reminders-large', width: 360, height: 640, scheme: 'light', fontScale: 1.5 }
const desk: Screen = { name: 'reminders-desk', width: 1280, height: 800, scheme: 'light' }
const dark: Screen = { name: 'reminders-dark', width: 390, height: 844, scheme: 'dark' }

const quiz: Pick<Left, 'kind' | 'title' | 'text' | 'page'> = {
  ...{ kind: 'unfinished-quiz', title: '今日一测', text: '还有 3 题没答完，点开接着答' },
  page: 'pages/today/index',
}
const lesson: typeof quiz = {
  ...{ kind: 'daily-lesson', title: '群众来信来访，先登记再分办', text: '今日一课，约三分钟读完' },
  page: 'pages/today/index',
}
const states = ['inbox', 'sent', 'no-quota', 'unknown', 'overtaken', 'late', 'failed'] as const
const left: Left[] = Array.from({ length: 24 }, (_, place) => ({
  ...(place % 2 === 0 ? quiz : lesson),
  state: states[place % states.length] ?? 'inbox',
  daysAgo: Math.floor(place / 2),
}))

const uri = aDatabaseUri('reminders')

describeServed(
  'reminders in the browser',
  ({ enter }) => {
    async function opened(cadre: Cadre, row: string, screen: Screen): Promise<void> {
      const { see, page } = cadre
      if (screen === desk) await see('.side-item').filter({ hasText: '我的' }).click()
      else await see('.tab').nth(2).click()
      await see('.row').filter({ hasText: row }).click()
      await see('.page-title').filter({ hasText: row }).waitFor()
      await page.waitForTimeout(300)
    }

    /** What can be tapped and is smaller than a finger. */
    const small = ({ page }: Cadre): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.taro_page:not(.taro_page_shade) .page-body .tap')]
          .filter(element => element.getBoundingClientRect().height < 44)
          .map(element => element.innerText),
      )

    for (const screen of [phone, large, desk, dark]) {
      test(
        `from off to a plan of one's own: ${screen.name}`,
        async () => {
          const cadre = await enter(`彭${screen.name}`, screen)
          const { see, shot } = cadre
          await opened(cadre, '学习提醒', screen)
          await see('.is-switch').waitFor()
          await shot('off')
          expect(await see('.card').count()).toBe(1)

          await see('.is-switch .row').click()
          await see('.card').nth(6).waitFor()
          await shot('on')
          expect(await small(cadre)).toEqual([])
          expect(await sticksOut(cadre)).toEqual([])

          await see('.btn-text').filter({ hasText: '去掉' }).nth(1).click()
          await see('.row').filter({ hasText: '加一个时间' }).click()
          await see('.reminder-offered').scrollIntoViewIfNeeded()
          await shot('adding')
          expect(await small(cadre)).toEqual([])
          expect(await sticksOut(cadre)).toEqual([])
          await see('.reminder-offered .choice').filter({ hasText: '21:00' }).click()
          expect(await see('.reminder-time').allInnerTexts()).toEqual(['07:30', '20:00', '21:00'])

          await see('.choice').filter({ hasText: '7 天' }).click()
          await see('.btn').filter({ hasText: '现在恢复' }).waitFor()
          await see('.btn').filter({ hasText: '现在恢复' }).scrollIntoViewIfNeeded()
          await shot('paused')
          await see('.line-note.is-amber').scrollIntoViewIfNeeded()
          await shot('paused-top')

          await see('.btn').filter({ hasText: '下载日历文件' }).scrollIntoViewIfNeeded()
          await shot('calendar')
          expect(await sticksOut(cadre)).toEqual([])
          expect(cadre.complaints).toEqual([])
        },
        LOOP_MS,
      )
    }

    test(
      'however fast one taps, the last state is saved and still there after opening the page anew',
      async () => {
        const cadre = await enter('快手', phone)
        const { see, page } = cadre
        await opened(cadre, '学习提醒', phone)
        await see('.is-switch .row').click()
        const days = see('.is-seven .choice')
        for (const day of [0, 1, 2, 5, 6, 0]) await days.nth(day).click()
        await see('.row').filter({ hasText: '节假日也提醒' }).click()
        await page.waitForLoadState('networkidle')
        await page.reload()
        await see('.is-seven').waitFor()
        const chosen = await days.evaluateAll(chips => chips.map(chip => chip.classList.contains('is-on')))
        expect(chosen).toEqual([true, false, false, true, true, true, true])
        expect(await see('.row').filter({ hasText: '节假日也提醒' }).innerText()).toContain('开')
      },
      LOOP_MS,
    )

    test(
      'a change that is not saved is taken back and says so',
      async () => {
        const cadre = await enter('断网', phone)
        const { see, shot, page } = cadre
        await opened(cadre, '学习提醒', phone)
        await see('.is-switch').waitFor()
        await page.context().setOffline(true)
        await see('.is-switch .row').click()
        await see('.foot-trouble').waitFor()
        await shot('not-saved')
        expect(await see('.foot-trouble').innerText()).toContain('没有保存')
        expect(await see('.is-switch .row').innerText()).toContain('关')
      },
      LOOP_MS,
    )

    test(
      'the calendar file holds the rule that the page tells',
      async () => {
        const cadre = await enter('日历', phone)
        const { see, page } = cadre
        await opened(cadre, '学习提醒', phone)
        await see('.is-switch .row').click()
        await see('.choice').filter({ hasText: '12:30' }).last().click()
        await see('.choice').filter({ hasText: '1 个月' }).click()
        const saving = page.waitForEvent('download')
        await see('.btn').filter({ hasText: '下载日历文件' }).click()
        const file = readFileSync(await (await saving).path(), 'utf8')
        expect(file).toMatch(/DTSTART;TZID=Asia\/Shanghai:\d{8}T123000\r\n/)
        expect(file).toMatch(/RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=\d{8}T155959Z\r\n/)
        expect(await see('.report-done').innerText()).toContain('已保存')
      },
      LOOP_MS,
    )

    for (const screen of [phone, large, desk, dark]) {
      test(
        `the inbox: empty, then what one was reminded of: ${screen.name}`,
        async () => {
          const name = `向${screen.name}`
          const cadre = await enter(name, screen)
          const { see, shot, page } = cadre
          await opened(cadre, '消息', screen)
          await see('.state').waitFor()
          await shot('inbox-empty')
          await page.goBack()

          await putReminders(uri, name, left)
          await page.reload()
          await see('.row').filter({ hasText: '24 条未读' }).waitFor()
          await see('.row').filter({ hasText: '消息' }).scrollIntoViewIfNeeded()
          await shot('me')
          await see('.row').filter({ hasText: '消息' }).click()
          await see('.inbox-row').nth(19).waitFor()
          await shot('inbox')
          expect(await small(cadre)).toEqual([])
          expect(await sticksOut(cadre)).toEqual([])
          await see('.more-line').scrollIntoViewIfNeeded()
          await see('.inbox-row').nth(23).waitFor()

          await see('.inbox-row').first().scrollIntoViewIfNeeded()
          await see('.inbox-row').first().click()
          await see('.composer').waitFor()
          await page.goBack()
          await see('.inbox-row').first().waitFor()
          expect(await see('.inbox-row').first().locator('.is-unread').count()).toBe(0)
          await shot('inbox-read')
          await page.context().setOffline(true)
          await see('.line-note.is-amber').waitFor()
          await shot('inbox-offline')
          expect(await see('.inbox-row').first().isVisible()).toBe(true)
        },
        LOOP_MS,
      )
    }

    test(
      'an inbox that was never opened says without network that it did not open',
      async () => {
        const cadre = await enter('没开过', phone)
        const { see, shot, page } = cadre
        await page.context().setOffline(true)
        await opened(cadre, '消息', phone)
        await see('.state').filter({ hasText: '消息没有打开' }).waitFor()
        await shot('inbox-failed')
        await page.context().setOffline(false)
        await see('.state .btn').click()
        await see('.state').filter({ hasText: '还没有消息' }).waitFor()
      },
      LOOP_MS,
    )
  },
  () => ({ MONGODB_URI: uri, REMINDER_LEARNING: '1' }),
)
