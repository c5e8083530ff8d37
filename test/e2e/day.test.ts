import { expect, test } from '@jest/globals'
import { answer, type Cadre, keyShown, readLesson, sticksOut } from './cadre.ts'
import { describeServed } from './served.ts'

const LOOP_MS = 180_000
/** Five questions, each missed at most once by someone who reads the explanation. */
const MOST_ANSWERS = 10

describeServed('a day in the browser', ({ enter }) => {
  /** Works through the quiz: guesses first, and says the right answer when asked again. */
  async function workThrough(cadre: Cadre): Promise<void> {
    const { see, shot } = cadre
    const keys = new Map<string, string[]>()
    for (let count = 0; count < MOST_ANSWERS && (await see('.summary').count()) === 0; count++) {
      if (count > 0) {
        await see('.mark .btn-seal').last().click()
        await see('.commit').waitFor()
      }
      const stem = await see('.question:not(.is-past) .stem').innerText()
      await answer(cadre, keys.get(stem) ?? ['A'])
      keys.set(stem, await keyShown(cadre))
      if (count === 0) await shot('mark')
    }
    await see('.summary').waitFor()
    await shot('summary')
  }

  test(
    'on a phone: the lesson, five questions, the summary, and what it leaves behind',
    async () => {
      const cadre = await enter('田春梅', {
        name: 'phone',
        width: 390,
        height: 844,
        scheme: 'light',
      })
      const { see, shot, page } = cadre
      await shot('home')
      expect(await page.getByText('演示环境').first().isVisible()).toBe(true)
      await readLesson(cadre)
      await shot('question')
      await workThrough(cadre)
      expect(await see('.summary').innerText()).toContain('今天的题做完了')

      await see('.tab').nth(1).click()
      await see('.page-heading').waitFor()
      await shot('practice')
      await see('.tab').nth(2).click()
      await see('.calendar').waitFor()
      await shot('me')
      expect(await see('.figures').innerText()).toContain('积分')
      expect(await sticksOut(cadre)).toEqual([])
      expect(cadre.complaints).toEqual([])
    },
    LOOP_MS,
  )

  test(
    'in the dark, with the largest letters on a small screen: nothing is cut off',
    async () => {
      const screen = { name: 'large', width: 360, height: 640, scheme: 'dark', fontScale: 1.5 } as const
      const cadre = await enter('彭大姐', screen)
      const { see, shot } = cadre
      await shot('home')
      expect(await sticksOut(cadre)).toEqual([])
      await readLesson(cadre)
      expect(await sticksOut(cadre)).toEqual([])
      await see('.option').first().click()
      await shot('question')
      await see('.commit').scrollIntoViewIfNeeded()
      await see('.commit').click()
      await see('.mark').waitFor()
      await shot('mark')
      expect(await sticksOut(cadre)).toEqual([])
      for (const tab of [1, 2]) {
        await see('.tab').nth(tab).click()
        await see('.page-heading').waitFor()
        await shot(tab === 1 ? 'practice' : 'me')
        expect(await sticksOut(cadre)).toEqual([])
      }
      expect(cadre.complaints).toEqual([])
    },
    LOOP_MS,
  )

  test(
    'at a desk: three zones, and the keyboard answers',
    async () => {
      const cadre = await enter('向主任', {
        name: 'desk',
        width: 1280,
        height: 800,
        scheme: 'light',
      })
      const { see, shot, page } = cadre
      await shot('home')
      expect(await see('.side-nav').isVisible()).toBe(true)
      expect(await see('.today-panel').innerText()).toContain('五道题')
      expect(await see('.tab-bar').isVisible()).toBe(false)

      await page.keyboard.press('/')
      await page.keyboard.type('开始')
      await page.keyboard.press('Enter')
      await see('.commit').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('b')
      expect(await see('.option.is-chosen .letter').innerText()).toBe('B')
      await shot('question')
      await page.keyboard.press('Enter')
      await see('.mark').waitFor()
      await shot('mark')
      await page.keyboard.press('Enter')
      await see('.question:not(.is-past)').waitFor()
      expect(await see('.question:not(.is-past)').innerText()).toContain('第 2 题')
      expect(cadre.complaints).toEqual([])
    },
    LOOP_MS,
  )

  test(
    'without network: the answer is kept, survives a reload, and counts once',
    async () => {
      const cadre = await enter('石会计', {
        name: 'offline',
        width: 390,
        height: 844,
        scheme: 'light',
      })
      const { see, shot, page } = cadre
      await see('.chip').first().click()
      await see('.commit').waitFor()
      await page.context().setOffline(true)
      await see('.line-note.is-amber').waitFor()
      await see('.option').first().click()
      await see('.commit').click()
      await see('.saved').waitFor()
      await shot('saved')
      expect(await see('.mark').count()).toBe(0)

      await page.context().setOffline(false)
      await page.reload()
      await see('.mark').waitFor()
      await shot('judged')
      expect(await see('.mark').count()).toBe(1)
      expect(await see('.saved').count()).toBe(0)
    },
    LOOP_MS,
  )
})
