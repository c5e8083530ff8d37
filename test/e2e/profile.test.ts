import { expect, test } from '@jest/globals'
import { type Screen, sticksOut } from './cadre.ts'
import { describeServed } from './served.ts'

const LOOP_MS = 120_000

const screens: Screen[] = [
  { name: 'profile-phone', width: 390, height: 844, scheme: 'light' },
  { name: 'profile-small', width: 360, height: 640, scheme: 'dark', fontScale: 1.5 },
  { name: 'profile-desk', width: 1280, height: 800, scheme: 'light' },
]

describeServed('one’s own profile in the browser', ({ enter }) => {
  test.each(screens)(
    'a name is chosen by Enter and stands on 我的; what is stored is told in words: $name',
    async screen => {
      const cadre = await enter('田春梅', screen)
      const { see, shot, page } = cadre
      const me = screen.width > 1000 ? see('.side-item') : see('.tab')
      await me.nth(2).click()
      await see('.page-heading').filter({ hasText: '开始学' }).waitFor()
      await shot('me')
      await see('.page-heading').click()
      await see('.name-form').waitFor()
      await shot('profile')
      expect(await see('.name-form .btn-seal').getAttribute('aria-disabled')).toBe('true')

      await see('.name-form input').fill('田')
      await see('.name-form .btn-seal').click()
      await see('.field-failure').waitFor()
      await shot('profile-unfit')
      await see('.name-form input').fill(screen.name)
      await page.keyboard.press('Enter')
      await see('.report-done').waitFor()
      await shot('profile-saved')
      expect(await sticksOut(cadre)).toEqual([])

      await page.goBack()
      await see('.page-heading').filter({ hasText: screen.name }).waitFor()
      await see('.row').filter({ hasText: '关于日知' }).click()
      await see('.row').filter({ hasText: '隐私保护指引' }).scrollIntoViewIfNeeded()
      await shot('about')
      await see('.row').filter({ hasText: '隐私保护指引' }).click()
      await see('.page-title').filter({ hasText: '隐私保护' }).waitFor()
      await shot('privacy')
      expect(await sticksOut(cadre)).toEqual([])
      expect(cadre.complaints.filter(line => !line.includes('422'))).toEqual([])
      await page.context().close()
    },
    LOOP_MS,
  )
})
