import { expect, test } from '@jest/globals'
import type { Locator } from 'playwright-core'
import { answer, type Cadre, type Screen, sticksOut, whole } from './cadre.ts'
import { describeServed } from './served.ts'

const LOOP_MS = 180_000
/** Longer than the shortest time in which the sample lessons count as read. */
const READING_MS = 100_000

const phone: Screen = { name: 'everyday-phone', width: 390, height: 844, scheme: 'light' }
const small: Screen = { name: 'everyday-small', width: 360, height: 640, scheme: 'dark', fontScale: 1.5 }
const desk: Screen = { name: 'everyday-desk', width: 1280, height: 800, scheme: 'dark' }

/** Whether the element is in view from its top to its foot, inside what scrolls it. */
const isWhole = (item: Locator, under = 'body'): Promise<boolean> =>
  item.evaluate((element, selector) => {
    const { top, bottom } = element.getBoundingClientRect()
    const frame = (element.closest(selector) ?? document.body).getBoundingClientRect()
    return top >= frame.top - 1 && bottom <= frame.bottom + 1
  }, under)

describeServed('everyday use in the browser', ({ enter }) => {
  async function say({ see, page }: Cadre, words: string): Promise<void> {
    const before = await see('.bubble-row, .answer').count()
    await see('.composer textarea').fill(words)
    await see('.composer-send').click()
    await see('.bubble-row, .answer')
      .nth(before + 1)
      .waitFor()
    await page.waitForTimeout(800)
  }

  async function startQuiz({ see }: Cadre): Promise<void> {
    await see('.chip').first().click()
    await see('.commit').waitFor()
  }

  test(
    'without network from the start: the lesson opens, the questions begin, every page opens, answers count later',
    async () => {
      const cadre = await enter('覃支书', phone)
      const { see, shot, page } = cadre
      await page.waitForFunction(() => localStorage.getItem('lessons') !== null)
      await page.context().setOffline(true)
      await see('.line-note.is-amber').waitFor()
      await see('.lesson-card .btn').click()
      await see('.lesson-title').waitFor()
      while ((await see('.page-foot .btn').innerText()) === '下一节') await see('.page-foot .btn').click()
      await see('.tomorrow').waitFor()
      await see('.page-foot .btn').click()
      await see('.commit').waitFor()
      await shot('offline-question')
      await see('.question-ways .btn-text').filter({ hasText: '不会' }).click()
      await see('.saved').waitFor()
      for (const tab of [2, 1, 0]) {
        await see('.tab').nth(tab).click()
        await see(tab === 0 ? '.composer' : '.page-heading').waitFor()
        if (tab > 0) await shot(tab === 1 ? 'offline-practice' : 'offline-me')
      }
      await see('.tab').nth(2).click()
      await see('.row').filter({ hasText: '选择主题' }).click()
      await see('.page-title').filter({ hasText: '选择主题' }).waitFor()

      await page.goBack()
      await page.goBack()
      await page.context().setOffline(false)
      await see('.mark').waitFor()
      expect(await see('.mark').count()).toBe(1)
    },
    LOOP_MS,
  )

  for (const screen of [phone, small, desk]) {
    test(
      `the composer grows to four lines and then scrolls inside: ${screen.name}`,
      async () => {
        const cadre = await enter('冉干部', screen)
        const { see, shot } = cadre
        const box = see('.composer-field')
        const one = await box.evaluate(element => element.clientHeight)
        await see('.composer textarea').pressSequentially(
          '一二三四五六七八九十'.repeat(screen === desk ? 30 : 12),
        )
        await shot('composer')
        const four = await box.evaluate(element => element.clientHeight)
        const line = await box.evaluate(element => parseFloat(getComputedStyle(element).lineHeight))
        expect(four).toBeGreaterThan(one + 2.5 * line)
        expect(four).toBeLessThan(one + 3.7 * line)
        // What is being written is in view, and nothing lies over the bar below.
        expect(
          await box.evaluate(
            ({ scrollTop, clientHeight, scrollHeight }) => scrollHeight - scrollTop - clientHeight,
          ),
        ).toBeLessThan(2)
        const foot = await see('.composer').evaluate(element => element.getBoundingClientRect().bottom)
        const field = await see('.composer-field').evaluate(element => element.getBoundingClientRect().bottom)
        expect(field).toBeLessThanOrEqual(foot)
        expect(foot).toBeLessThanOrEqual(screen === desk ? screen.height : screen.height - 44)
        expect(await sticksOut(cadre)).toEqual([])
      },
      LOOP_MS,
    )
  }

  test(
    'with the largest letters: forms say outside the field that nothing classified may be written',
    async () => {
      const cadre = await enter('牟主任', small)
      const { see, shot } = cadre
      await see('.tab').nth(2).click()
      await see('.row').filter({ hasText: '投诉建议' }).click()
      await see('.field-hint').waitFor()
      expect(await see('.field-hint').innerText()).toContain('请勿填写涉密信息')
      expect(await see('.field-hint').isVisible()).toBe(true)
      await shot('suggestion')
      await see('textarea').fill('字可以再大一些吗？')
      await see('.btn-seal').click()
      await see('.reply').waitFor()
      await see('.reply').scrollIntoViewIfNeeded()
      await shot('suggestion-sent')
      await see('.page-back').click()
      await see('.tab').nth(0).click()
      await startQuiz(cadre)
      await answer(cadre, ['A'])
      await see('.mark .btn-text').click()
      await see('.report .field-hint').waitFor()
      expect(await see('.report').innerText()).toContain('答案有误')
      await see('.report .field-hint').scrollIntoViewIfNeeded()
      await shot('report')
      expect(await sticksOut(cadre)).toEqual([])
    },
    LOOP_MS,
  )

  test(
    'words after a mark: 下一题 stays the one main action, in view below them',
    async () => {
      const cadre = await enter('谭会计', phone)
      const { see, shot } = cadre
      await startQuiz(cadre)
      await answer(cadre, ['A'])
      await say(cadre, '今天天气不错')
      const main = see('.btn-seal')
      await shot('after-words')
      expect(await main.allInnerTexts()).toEqual(['下一题'])
      expect(await isWhole(main, '#conversation')).toBe(true)
      expect(await see('.chip').filter({ hasText: '下一题' }).count()).toBe(0)
      await main.click()
      await see('.question:not(.is-past)').filter({ hasText: '第 2 题' }).waitFor()
    },
    LOOP_MS,
  )

  test(
    'a word while a question waits: the whole foot of the card is in view',
    async () => {
      const cadre = await enter('向大姐', { ...phone, name: 'everyday-words', height: 720 })
      const { see, shot } = cadre
      await startQuiz(cadre)
      for (const words of ['帮助', '今天天气不错', '积分']) {
        await say(cadre, words)
        expect([words, await isWhole(see('.commit'), '#conversation')]).toEqual([words, true])
      }
      await shot('word-then-card')
    },
    LOOP_MS,
  )

  test(
    'a quick reader is told that it takes a moment more, and then that the lesson counts',
    async () => {
      const cadre = await enter('彭支书', phone)
      const { see, shot } = cadre
      await see('.lesson-card .btn').click()
      await see('.lesson-title').waitFor()
      while ((await see('.page-foot .btn').innerText()) === '下一节') await see('.page-foot .btn').click()
      await see('.page-foot').filter({ hasText: '再看一会儿，就算读完了' }).waitFor()
      await shot('reading-soon')
      await see('.page-foot').filter({ hasText: '已读完' }).waitFor({ timeout: READING_MS })
      await shot('reading-done')
      expect(await see('.page-foot').innerText()).not.toContain('再看一会儿')
    },
    LOOP_MS,
  )

  test(
    'Back in the browser goes to what was seen before, never out of the app',
    async () => {
      const cadre = await enter('田干部', phone)
      const { see, page } = cadre
      await startQuiz(cadre)
      await answer(cadre, ['A'])
      for (const tab of [1, 2]) {
        await see('.tab').nth(tab).click()
        await see('.page-heading').waitFor()
        await page.goBack()
        await see('.composer').waitFor()
      }
      await see('.tab').nth(1).click()
      const practise = see('.due .btn')
      await practise.click()
      await see('.composer').waitFor()
      await page.goBack()
      await see('.due').waitFor()
      await page.goBack()
      await see('.composer').waitFor()

      await see('.lesson-card .btn').scrollIntoViewIfNeeded()
      await see('.lesson-card .btn').click()
      await see('.lesson-title').waitFor()
      while ((await see('.page-foot .btn').innerText()) === '下一节') await see('.page-foot .btn').click()
      await see('.page-foot .btn').click()
      await see('.composer').waitFor()
      await page.goBack()
      await see('.lesson-title').waitFor()
      await page.goBack()
      await see('.composer').waitFor()
      await see('.mark').first().waitFor()
      expect(cadre.complaints).toEqual([])
    },
    LOOP_MS,
  )
})
