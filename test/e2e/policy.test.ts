import { afterAll, expect, test } from '@jest/globals'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { aDataFolder } from '../support/server-process.ts'
import { type Cadre, type Screen, whole } from './cadre.ts'
import { describeServed } from './served.ts'

const LOOP_MS = 180_000
const PACE_MS = 200
const QUESTION = '出租村民小组的荒山要经过谁同意？'
const HOW_TO = '群众来信怎么办理，多久办结？'
const WITHOUT_EVIDENCE = '宇宙飞船能不能停在屋顶？'

const screens: Screen[] = [
  { name: 'policy-phone', width: 390, height: 844, scheme: 'light' },
  { name: 'policy-small', width: 360, height: 640, scheme: 'dark', fontScale: 1.5 },
  { name: 'policy-desk', width: 1280, height: 800, scheme: 'light' },
]

/** Types a question and waits for one more card that answers it. */
async function ask({ see }: Cadre, question: string): Promise<void> {
  const before = await see('.answer').count()
  await see('.composer textarea').fill(question)
  await see('.composer-send').click()
  await see('.answer').nth(before).waitFor()
}

async function open({ page, see }: Cadre, path: string, sign: string): Promise<void> {
  await page.evaluate(hash => (location.hash = hash), `#/pages/${path}`)
  await see(sign).first().waitFor()
}

describeServed('policy questions without a model', ({ enter }) => {
  test.each(screens)(
    'clauses answer, open, become steps, and are found again: $name',
    async screen => {
      const cadre = await enter(screen.name, screen)
      const { see, page } = cadre
      await see('.chip').filter({ hasText: '问政策' }).click()
      await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
      await see('.waiting').waitFor({ state: 'detached' })
      await ask(cadre, WITHOUT_EVIDENCE)
      expect(await see('.answer').last().locator('.tag').count()).toBe(0)
      await whole(cadre, 'refusal')

      await ask(cadre, QUESTION)
      const answer = see('.answer').last()
      expect(await answer.locator('.tag').first().innerText()).toBe('原文摘录')
      expect(await answer.locator('.is-marked').count()).toBeGreaterThan(0)
      expect(await page.getByText('AI').count()).toBe(0)
      await whole(cadre, 'excerpt')

      await answer.locator('.cited-name').first().click()
      await see('.article.is-here').waitFor()
      await whole(cadre, 'clause')
      await page.goBack()

      await ask(cadre, HOW_TO)
      await see('.answer-steps').last().click()
      await see('.todo').first().waitFor()
      expect(await see('.page-column').innerText()).not.toMatch(/[a-z]{4}/)
      await whole(cadre, 'checklist')

      await open(cadre, 'questions/index', '.asked')
      expect(await see('.asked').count()).toBe(3)
      await whole(cadre, 'questions')
      await see('.asked').last().click()
      await see('.answer').waitFor()
      await whole(cadre, 'one-question')

      await open(cadre, 'about/index', '.about-label')
      await see('.about-label').last().scrollIntoViewIfNeeded()
      expect(await see('.page-column').innerText()).not.toContain('AI')
      await whole(cadre, 'about')
      expect(cadre.complaints).toEqual([])
    },
    LOOP_MS,
  )
})

let model: ModelServer | undefined
/** A server that has a model. */
async function withModel() {
  model = await startModelServer({ paceMs: PACE_MS })
  const named = { MODEL_NAME: 'demo', MODEL_FILING: '示例备案-0001' }
  return { DATA_DIR: aDataFolder(), MODEL_BASE_URL: model.base, MODEL_KEY: model.key, ...named }
}

describeServed(
  'policy questions with a model',
  ({ enter }) => {
    afterAll(() => model?.stop())

    test.each(screens)(
      'the answer is written before one’s eyes, and says whose words it is: $name',
      async screen => {
        const cadre = await enter(screen.name, screen)
        const { see, page } = cadre
        await ask(cadre, QUESTION)
        await see('.writing-bar').waitFor()
        await see('.answer-line').first().waitFor()
        await whole(cadre, 'writing')

        await see('.answer-foot').waitFor()
        expect(await see('.answer .tag').first().innerText()).toBe('AI生成')
        expect(await see('.model-line').innerText()).toContain('仅供参考')
        await whole(cadre, 'written')
        await page.reload()
        await see('.answer-foot').waitFor()
        expect(await see('.writing-bar').count()).toBe(0)

        await open(cadre, 'about/index', '.about-model')
        await see('.about-model').scrollIntoViewIfNeeded()
        expect(await see('.about-model').innerText()).toContain('备案号 示例备案-0001')
        // A page that is left drops its call for news: that is no lost network.
        expect(await see('.line-note.is-amber').count()).toBe(0)
        await whole(cadre, 'about')
        expect(cadre.complaints).toEqual([])
      },
      LOOP_MS,
    )
  },
  withModel,
)
