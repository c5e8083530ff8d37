import { beforeAll, expect, test } from '@jest/globals'
import { BUILD_MS } from '../support/front.ts'
import { aDataFolder, cli } from '../support/server-process.ts'
import { type Cadre, type Screen, whole } from './cadre.ts'
import { describeServed } from './served.ts'

const LOOP_MS = 240_000
const QUESTION = '宇宙飞船能不能停在屋顶？'

const phone: Screen = { name: 'review-phone', width: 390, height: 844, scheme: 'light' }
const small: Screen = { name: 'review-small', width: 360, height: 640, scheme: 'dark', fontScale: 1.5 }
const desk: Screen = { name: 'review-desk', width: 1280, height: 800, scheme: 'light' }

/** Goes from 我的 to the review desk. */
async function toDesk({ see }: Cadre): Promise<void> {
  await see('.tab').nth(2).click()
  await see('.row').filter({ hasText: '审核台' }).click()
  await see('.desk-tab').first().waitFor()
}

const settings = { DATA_DIR: aDataFolder(), DEMO: '1' }

/** Makes the two who were there before an editor and a reviewer. */
async function grantRoles(): Promise<void> {
  for (const [name, role] of [
    ['王编辑', 'editor'],
    ['李审核', 'reviewer'],
  ] as const)
    expect(await cli(['grant', name, role], settings)).toMatchObject({ code: 0 })
}

describeServed(
  'the review desk in the browser',
  ({ enter, restart }) => {
    beforeAll(async () => {
      for (const name of ['王编辑', '李审核']) {
        const cadre = await enter(name, phone)
        expect(await cadre.see('.row').filter({ hasText: '审核台' }).count()).toBe(0)
      }
      const asker = await enter('田春梅', phone)
      await asker.see('.composer textarea').fill(QUESTION)
      await asker.see('.composer-send').click()
      await asker.see('.answer.is-refused').waitFor()
      await restart(grantRoles)
    }, BUILD_MS)

    test(
      'one writes, another publishes, the asker finds the answer',
      async () => {
        const editor = await enter('王编辑', phone)
        await toDesk(editor)
        await editor.see('.desk-row:not(.is-head)').filter({ hasText: QUESTION }).waitFor()
        await whole(editor, 'open')
        await editor.see('.desk-row:not(.is-head)').first().click()
        await editor.see('.editor-line textarea').fill('没有这样的规定[1]。')
        await editor.see('.picker-search input').fill('荒山出租')
        await editor.see('.picker-search .btn').click()
        await editor.see('.picked .btn-text').first().click()
        await whole(editor, 'item-written')
        await editor.see('.btn-seal').click()
        await editor.see('.decision').filter({ hasText: '要由另一位同事审核发布' }).waitFor()
        await whole(editor, 'item-own')

        const reviewer = await enter('李审核', desk)
        await reviewer.see('.side-item').filter({ hasText: '审核台' }).click()
        await reviewer.see('.desk-tab').nth(1).click()
        await reviewer.see('.desk-row:not(.is-head)').first().click()
        await reviewer.see('.desk-pane .decision').waitFor()
        await whole(reviewer, 'drafted')
        await reviewer.see('.desk-pane .decision .btn-seal').click()
        await reviewer.see('.desk-pane .tag.is-tea').waitFor()
        await reviewer.see('.desk-tab').nth(2).click()
        await reviewer.see('.desk-row:not(.is-head)').first().click()
        await reviewer.see('.desk-pane .decision .btn').filter({ hasText: '出一道题' }).click()
        await whole(reviewer, 'question-form')

        const asker = await enter('田春梅', phone)
        await asker.see('.tab').nth(2).click()
        await asker.see('.row').filter({ hasText: '我的提问' }).click()
        await asker.see('.asked .tag.is-tea').waitFor()
        await asker.see('.asked').first().click()
        await asker.see('.answer .tag.is-tea').waitFor()
        expect(await asker.see('.answer').first().innerText()).toContain('没有这样的规定')
        await whole(asker, 'answered-since')
        for (const { complaints } of [editor, reviewer, asker]) expect(complaints).toEqual([])
      },
      LOOP_MS,
    )

    test(
      'with the largest letters nothing sticks out, and empty parts say what will be there',
      async () => {
        const cadre = await enter('王编辑', small)
        await toDesk(cadre)
        for (const [at, name] of [
          'open',
          'drafted',
          'published',
          'suspended',
          'alarms',
          'questions',
        ].entries()) {
          await cadre.see('.desk-tab').nth(at).click()
          await cadre.see(':is(.state, .desk-table, .card)').first().waitFor()
          await whole(cadre, name)
        }
      },
      LOOP_MS,
    )
  },
  () => settings,
)
