/** @jest-environment jsdom */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { BUILD_MS, builtFront } from '../support/front.ts'
import { aDataFolder, type ServerProcess, startServer } from '../support/server-process.ts'
import { createWechatEmulator, type WechatEmulator } from '../support/wechat/emulator.ts'
import { startPhone, type OpenPage, type Phone } from './host.ts'

let wechat: WechatEmulator
let server: ServerProcess
let phone: Phone

beforeAll(async () => {
  const folder = await builtFront('weapp')
  wechat = createWechatEmulator()
  await wechat.listen()
  const settings = { WECHAT_APPID: wechat.appid, WECHAT_SECRET: wechat.secret, WECHAT_API_BASE: wechat.base }
  server = startServer({ DATA_DIR: aDataFolder(), ...settings })
  phone = startPhone(folder, await server.started, wechat.signIn.codeOf('o-tian'))
}, BUILD_MS)

afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
  await wechat.stop()
})

afterEach(() => {
  phone.consent.given = true
  phone.consent.undeclared.clear()
})

async function opened(route: string, see: string, query: Record<string, string> = {}): Promise<OpenPage> {
  const page = await phone.open(route, query)
  await page.until(see)
  return page
}

const lastCopied = (): string | undefined => phone.copied[phone.copied.length - 1]

describe('a name, a picture and a phone number', () => {
  test('the nickname is read when the form is sent, saved, and stands on 我的', async () => {
    const page = await opened('pages/profile/index', '怎么称呼您')
    await page.tell('.name-form', 'submit', { value: { name: '田' } })
    await page.until('名字请写 2 到 20 个字')
    await page.tell('.name-form', 'submit', { value: { name: '田春梅' } })
    await page.until('已保存')
    page.close()

    const me = await opened('pages/me/index', '田春梅')
    await me.tap('.page-heading')
    expect(phone.routes[phone.routes.length - 1]).toBe('/pages/profile/index')
    me.close()
  })

  test('a nickname that WeChat refuses is told of', async () => {
    const page = await opened('pages/profile/index', '怎么称呼您')
    await page.tell('.name-form .field', 'nicknamereview', { pass: false, timeout: false })
    await page.until('微信没有通过这个昵称')
    page.close()
  })

  test('the picture is kept on the phone, in place of the one before, and sent nowhere', async () => {
    const { files } = phone.device
    const page = await opened('pages/profile/index', '换头像')
    const sent = wechat.log.length
    for (const name of ['http://tmp/1.jpg', 'http://tmp/2.jpg']) {
      files.set(name, { size: 30_000, saved: false })
      await page.tell('.choose-avatar', 'chooseavatar', { avatarUrl: name })
      await page.until(() => page.count('.avatar.is-picture') === 1)
    }
    expect([...files.keys()]).toEqual([expect.stringContaining('2.jpg')])
    expect([...files.values()]).toEqual([{ size: 30_000, saved: true }])
    expect(wechat.log).toHaveLength(sent)
    page.close()

    const me = await opened('pages/me/index', '田春梅')
    expect(me.count('.avatar.is-picture')).toBe(1)
    me.close()
  })

  test('a picture that is too large is refused, the one before stays and can be taken away', async () => {
    const { files } = phone.device
    const page = await opened('pages/profile/index', '换头像')
    files.set('http://tmp/3.jpg', { size: 3_000_000, saved: false })
    await page.tell('.choose-avatar', 'chooseavatar', { avatarUrl: 'http://tmp/3.jpg' })
    await page.until('这张图片太大')
    expect(page.count('.avatar.is-picture')).toBe(1)
    await page.tap('.picture .btn-text')
    await page.until(() => page.count('.avatar.is-picture') === 0)
    expect([...files.keys()]).toEqual(['http://tmp/3.jpg'])
    page.close()
  })

  test('the phone number is given by WeChat’s button, shown masked, and taken back after a question', async () => {
    const page = await opened('pages/profile/index', '只用来和本单位的名单对上号')
    const code = wechat.phone.phoneCodeOf('13800001234')
    await page.tell('.give-phone', 'getphonenumber', { code, errMsg: 'getPhoneNumber:ok' })
    await page.until('138****1234')
    expect(page.count('.give-phone')).toBe(0)
    await page.tap('.phone-row .btn-text')
    await page.tap('.card-foot .btn-line')
    await page.until(() => page.count('.give-phone') === 1)
    expect(page.text()).not.toContain('138****1234')
    page.close()
  })

  test.each([
    ['who says no', { errMsg: 'getPhoneNumber:fail user deny' }, '没有填写手机号，不影响使用'],
    ['no quota', { errno: 1400001, errMsg: 'getPhoneNumber:fail' }, '次数用完了'],
    [
      'no consent',
      { errno: 104, errMsg: 'getPhoneNumber:fail privacy permission is not authorized' },
      '没有同意',
    ],
    ['a code that is good no more', { code: 'used', errMsg: 'getPhoneNumber:ok' }, '授权已失效'],
  ])('no phone number for %s: a sentence, and all goes on', async (_, detail, words) => {
    const page = await opened('pages/profile/index', '填写微信手机号')
    await page.tell('.give-phone', 'getphonenumber', detail)
    await page.until(words)
    expect(page.count('.give-phone')).toBe(1)
    page.close()
  })
})

/** A page with something to copy: one's own questions, which can be exported. */
const questionsPage = (): Promise<OpenPage> => opened('pages/questions/index', '导出我的提问')

describe('consent to what WeChat guards', () => {
  beforeAll(async () => {
    const chat = await opened('pages/today/index', '发送')
    await chat.fill('.composer-field', '宇宙飞船能不能停在屋顶？')
    await chat.tap('.composer-send')
    await chat.until(() => chat.count('.answer.is-refused') === 1)
    chat.close()
  })

  test('the sheet says what it is for; 暂不 leaves everything else working', async () => {
    const page = await questionsPage()
    phone.consent.given = false
    const copies = phone.copied.length
    const exposures = phone.consent.exposures
    await page.tap('.export .btn-line')
    await page.until('用“复制”前，请您同意')
    expect(page.text()).toContain('把您点的文字放进剪贴板')
    expect(phone.consent.exposures).toBe(exposures + 1)
    await page.tap('.sheet .btn-text')
    expect(phone.consent.contracts).toBe(1)

    await page.tap('.sheet-ways .btn-line')
    await page.until('您没有同意隐私保护指引')
    expect(page.count('.sheet')).toBe(0)
    expect(phone.consent.waiting).toBe(0)
    expect(phone.copied).toHaveLength(copies)
    page.close()
  })

  test('同意 goes on with all that waits, and nobody is asked again', async () => {
    const page = await questionsPage()
    phone.consent.given = false
    const exposures = phone.consent.exposures
    await page.tap('.export .btn-line')
    await page.tap('.export .btn-line')
    expect(phone.consent.waiting).toBe(2)
    expect(page.count('.sheet')).toBe(1)
    expect(phone.consent.exposures).toBe(exposures + 2)

    await page.tell('.sheet .platform-button', 'agreeprivacyauthorization')
    await page.until('已复制')
    expect(phone.consent.waiting).toBe(0)
    expect(page.count('.sheet')).toBe(0)
    expect(lastCopied()).toContain('宇宙飞船')
    await page.tap('.export .btn-line')
    expect(page.count('.sheet')).toBe(0)
    page.close()
  })

  test('only the page in view asks', async () => {
    const below = await opened('pages/about/index', '隐私保护指引')
    below.hide()
    const page = await questionsPage()
    phone.consent.given = false
    await page.tap('.export .btn-line')
    await page.until(() => page.count('.sheet') === 1)
    expect(below.count('.sheet')).toBe(0)
    await page.tap('.sheet-ways .btn-line')
    page.close()
    below.close()
  })

  test('what the 隐私保护指引 does not name fails with a sentence', async () => {
    const page = await questionsPage()
    phone.consent.undeclared.add('setClipboardData')
    await page.tap('.export .btn-line')
    await page.until('微信后台还没有开通这项功能')
    page.close()
  })

  test('关于 opens the contract, and says what is stored and how it is deleted', async () => {
    const before = phone.consent.contracts
    const about = await opened('pages/about/index', '隐私保护指引')
    await about.tap('.row')
    expect(phone.consent.contracts).toBe(before + 1)
    await about.tap('.row', 1)
    expect(phone.routes[phone.routes.length - 1]).toBe('/pages/privacy/index')
    about.close()
    const page = await opened('pages/privacy/index', '怎样删除')
    expect(page.text()).toContain('最迟不超过 30 天')
    page.close()
  })
})
