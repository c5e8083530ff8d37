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
  phone = startPhone(folder, await server.started, 'demo:田春梅')
}, BUILD_MS)

afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
})

afterEach(() => {
  phone.offline = false
})

async function opened(route: string, query: Record<string, string> = {}, see = ''): Promise<OpenPage> {
  const page = await phone.open(route, query)
  await page.until(see)
  return page
}

describe('the built mini-program', () => {
  test('today: the lesson is there, a tap chooses, 确定 commits, the mark comes with its source', async () => {
    const page = await opened('pages/today/index', {}, '今日一课')
    expect(page.text()).toContain('约 3 分钟')
    expect(page.count('.question')).toBe(0)

    await page.tap('.chip')
    await page.until('第 1 题 · 共 5 题')
    expect(page.text()).not.toMatch(/答对了|这题错了/)
    await page.tap('.option', 1)
    await page.until(() => page.count('.is-chosen') > 0)
    expect(page.text()).not.toMatch(/答对了|这题错了/)

    await page.tap('.commit')
    await page.until(() => /答对了|这题错了/.test(page.text()))
    expect(page.text()).toMatch(/《.+》/)
    expect(page.text()).toContain('这题有误')
    expect(page.count('.commit')).toBe(0)
    page.close()
  })

  test('today, opened again: the same conversation, and 下一题 goes on', async () => {
    const page = await opened('pages/today/index', {}, '下一题')
    await page.tap('.mark .btn-seal')
    await page.until('第 2 题 · 共 5 题')
    expect(page.count('.commit')).toBe(1)
    page.close()
  })

  test('typed words answer like taps', async () => {
    const page = await opened('pages/today/index', {}, '第 2 题')
    const before = page.count('.mark')
    await page.fill('.composer-field', '不会')
    await page.tap('.composer-send')
    await page.until(() => page.count('.mark') === before + 1)
    expect(page.text()).toContain('看看答案')
    page.close()
  })

  test('words after a mark: 下一题 stays the one main action, below them', async () => {
    const page = await opened('pages/today/index', {}, '看看答案')
    expect(page.count('.mark .btn-seal')).toBe(1)
    await page.fill('.composer-field', '帮助')
    await page.tap('.composer-send')
    await page.until(() => page.count('.go-on') === 1)
    await page.until(() => page.count('.btn-seal') === 1)
    page.close()
  })

  test('an answer given without network is kept, says so, and is judged once the network is back', async () => {
    const page = await opened('pages/today/index', {}, '看看答案')
    await page.tap('.go-on')
    await page.until('第 3 题 · 共 5 题')
    const marks = page.count('.mark')

    phone.offline = true
    await page.until('现在离线，答案会先保存，联网后判分')
    await page.tap('.option', 0)
    await page.tap('.commit')
    await page.until('已保存，联网后判分')
    expect(page.count('.mark')).toBe(marks)
    await page.until('第 4 题 · 共 5 题')

    phone.offline = false
    await page.until(() => page.count('.mark') === marks + 1)
    await page.until(() => !page.text().includes('已保存，联网后判分'))
    page.close()
  })

  test('lesson: section by section to the one thing to do tomorrow, also without network', async () => {
    const today = await opened('pages/today/index', {}, '开始读')
    await today.tap('.lesson-card .btn')
    const id = /id=(\w+)/.exec(phone.routes[phone.routes.length - 1] ?? '')?.[1] ?? ''
    today.close()

    phone.offline = true
    const page = await opened('pages/lesson/index', { id }, '下一节')
    expect(page.text()).not.toContain('明天就能做的一件事')
    while (page.text().includes('下一节')) await page.tap('.page-foot .btn')
    await page.until('明天就能做的一件事')
    expect(page.text()).toContain('去答题')
    phone.offline = false
    page.close()
  })

  test('practice: missed questions stand by topic', async () => {
    const page = await opened('pages/practice/index', {}, '错题本')
    await page.until('题')
    await page.tap('.row')
    await page.until('练这个主题')
    page.close()
  })

  test('me: points, goal and calendar; the goal can be changed', async () => {
    const page = await opened('pages/me/index', {}, '本周目标 4 天')
    await page.until('田春梅')
    expect(page.text()).toContain('已掌握')
    expect(page.text()).toContain('投诉建议')
    await page.tap('.row.is-inset')
    await page.tap('.is-seven .choice', 4)
    await page.until('本周目标 5 天')
    page.close()
  })

  test('a server that is gone: the page says so and offers to try again', async () => {
    phone.offline = true
    const page = await opened('pages/topics/index', {}, '主题没有打开')
    expect(page.text()).toContain('网络不通')
    phone.offline = false
    await page.tap('.btn-line')
    await page.until('信访工作')
    page.close()
  })
})
