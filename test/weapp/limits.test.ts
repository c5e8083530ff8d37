/** @jest-environment jsdom */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { BUILD_MS, builtFront } from '../support/front.ts'
import { aDataFolder, type ServerProcess, startServer } from '../support/server-process.ts'
import { startPhone, type OpenPage, type Phone } from './host.ts'

let server: ServerProcess
let phone: Phone

beforeAll(async () => {
  const folder = await builtFront('weapp')
  server = startServer({ DATA_DIR: aDataFolder(), DEMO: '1' })
  // WeChat as it was before it asked for consent.
  phone = startPhone(folder, await server.started, 'demo:覃支书', { asksConsent: false })
}, BUILD_MS)

afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
})

afterEach(() => {
  phone.offline = false
  phone.held = null
  phone.device.full = false
})

async function opened(route: string, see: string): Promise<OpenPage> {
  const page = await phone.open(route)
  await page.until(see)
  return page
}

test('where WeChat keeps no 隐私保护指引, the product’s own words are opened', async () => {
  const about = await opened('pages/about/index', '隐私保护指引')
  await about.tap('.row')
  expect(phone.routes[phone.routes.length - 1]).toBe('/pages/privacy/index')
  about.close()
})

test('a newer version waits until it is asked for, also while a question is open', async () => {
  const page = await opened('pages/today/index', '发送')
  if (page.count('.commit') === 0) await page.tap('.chip')
  await page.until(() => page.count('.commit') === 1)
  await page.tap('.option', 0)
  phone.device.updateReady()
  await page.until('新版本已准备好')
  expect(page.count('.is-chosen')).toBe(1)
  expect(phone.device.restarts).toBe(0)
  await page.tap('.update-line .btn-text', 1)
  await page.until(() => page.count('.update-line') === 0)
  expect(phone.device.restarts).toBe(0)

  phone.device.updateReady()
  await page.tap('.update-line .btn-text')
  expect(phone.device.restarts).toBe(1)
  page.close()
})

describe('a page that is left', () => {
  test('drops what it reads, says nothing of it and does not take the phone for offline', async () => {
    phone.held = /\/api\/(devices|suggestions|points)/
    const before = phone.aborted.length
    for (const [route, call] of [
      ['pages/devices/index', 'GET /api/devices'],
      ['pages/suggestion/index', 'GET /api/suggestions'],
      ['pages/entries/index', 'GET /api/points/entries'],
    ] as const) {
      const page = await phone.open(route)
      await page.until(() => phone.underWay.has(call))
      page.close()
    }
    const dropped = ['GET /api/devices', 'GET /api/suggestions', 'GET /api/points/entries', 'GET /api/points']
    await phone.until(() => dropped.every(call => phone.aborted.slice(before).includes(call)))
    phone.held = null
    const page = await opened('pages/devices/index', '本机')
    expect(page.text()).not.toContain('现在离线')
    page.close()
  })

  test('still sends what it writes', async () => {
    const page = await opened('pages/suggestion/index', '请勿填写涉密信息')
    await page.fill('.field', '字号能不能再大一点')
    phone.held = /\/api\/suggestions/
    const before = phone.aborted.length
    await page.tap('.btn-seal')
    await page.until(() => phone.underWay.has('POST /api/suggestions'))
    page.close()
    phone.held = null
    await phone.until(() => !phone.underWay.has('POST /api/suggestions'))
    expect(phone.aborted.slice(before).filter(call => call.startsWith('POST'))).toEqual([])
    const again = await opened('pages/suggestion/index', '字号能不能再大一点')
    again.close()
  })
})

describe('a storage that is full', () => {
  test('loses only convenience: pages open, the session holds', async () => {
    phone.device.full = true
    const { writes } = phone.device
    const page = await opened('pages/devices/index', '本机')
    expect(page.text()).not.toContain('手机存储已满')
    page.close()
    const me = await opened('pages/me/index', '覃支书')
    me.close()
    expect(phone.device.writes).toBe(writes)
  })

  test('says so once an answer cannot be kept, and is silent when it was sent', async () => {
    const page = await opened('pages/today/index', '发送')
    if (page.count('.commit') === 0) await page.tap('.chip')
    await page.until(() => page.count('.commit') === 1)
    phone.device.full = true
    phone.offline = true
    await page.until('现在离线')
    await page.tap('.option', 0)
    await page.tap('.commit')
    await page.until('手机存储已满，刚才的答案没能存下')
    phone.offline = false
    await page.until(() => page.count('.mark') > 0)
    await page.until(() => !page.text().includes('手机存储已满'))
    page.close()
  })

  test('what can be fetched again makes room for an answer, the oldest first', async () => {
    const { storage } = phone.device
    const page = await opened('pages/today/index', '发送')
    if (page.count('.commit') === 0) await page.tap('.go-on, .mark .btn-seal, .chip')
    await page.until(() => page.count('.commit') === 1)
    for (let number = 0; number < 9; number++) storage.set(`filler${number}`, 'x'.repeat(520_000))
    const filled = [...storage].reduce((sum, [, text]) => sum + 2 * String(text).length, 0)
    storage.set('filler', 'x'.repeat(Math.max(0, Math.floor((10 * 1024 * 1024 - filled) / 2) - 100)))
    const before = storage.get('cached')
    phone.offline = true
    await page.until('现在离线')
    await page.tap('.option', 0)
    await page.tap('.commit')
    await page.until('已保存，联网后判分')
    expect(page.text()).not.toContain('手机存储已满')
    expect(String(storage.get('outbox'))).toContain('answer')
    expect(storage.get('cached')).not.toBe(before)
    for (const key of [...storage.keys()].filter(name => name.startsWith('filler'))) storage.delete(key)
    phone.offline = false
    page.close()
  })
})
