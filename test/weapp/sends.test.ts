/** @jest-environment jsdom */
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Api } from '#shared/api'
import { dayOf } from '#shared/day'
import type { Reply } from '#shared/endpoint'
import { BUILD_MS, builtFront } from '../support/front.ts'
import { aDataFolder, cli, type ServerProcess, startServer } from '../support/server-process.ts'
import { startPhone, type OpenPage, type Phone } from './host.ts'

const DAY = dayOf(new Date())
const LATEST = `${DAY}T04:31:00.000Z`
/** A day whose reminders were sent; the server of the test has none of its own. */
const busy: Reply<Api['GET /sends']> = {
  day: DAY,
  total: 20,
  results: [
    { channel: 'wechat', state: 'sent', count: 12 },
    { channel: 'wecom', state: 'sent', count: 5 },
    { channel: 'wechat', state: 'no-quota', count: 3 },
  ],
  errors: [{ channel: 'wechat', code: '43101', text: '对方没有授权或次数用完。', count: 3, latest: LATEST }],
  learning: { times: [{ time: '20:00', cadres: 10, finished: 80 }], wordings: [] },
}

const settings = { DATA_DIR: aDataFolder(), DEMO: '1' }
let server: ServerProcess
let front: Server
let phone: Phone
/** Today's sends are `busy`. */
let isBusy = false

/** Hands every call on to the server, but that for the sends of a busy day. */
function between(target: string): Promise<string> {
  front = createServer((asked, answer) => {
    if (isBusy && asked.url === `/api/sends?day=${DAY}`) {
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(busy))
      return
    }
    const { method, headers } = asked
    asked.pipe(
      request(`${target}${asked.url}`, { method, headers }, reply => {
        answer.writeHead(reply.statusCode ?? 500, reply.headers)
        reply.pipe(answer)
      }),
    )
  })
  return new Promise(resolve => {
    front.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(front.address() as AddressInfo).port}`))
  })
}

async function opened(route: string, see: string): Promise<OpenPage> {
  const page = await phone.open(route)
  await page.until(see)
  return page
}

beforeAll(async () => {
  const folder = await builtFront('weapp')
  server = startServer(settings)
  phone = startPhone(folder, await between(await server.started), 'demo:王管理')
}, BUILD_MS)

afterAll(async () => {
  front.closeAllConnections()
  front.close()
  server.kill('SIGTERM')
  await server.ended
})

test('who is no administrator finds no way there, and is told so on the page', async () => {
  const me = await opened('pages/me/index', '关于日知')
  expect(me.text()).not.toContain('今日提醒发送')
  me.close()
  const page = await opened('pages/sends/index', '发送情况没有打开')
  expect(page.text()).toContain('重试')
  page.close()
})

test('an administrator sees that nothing was sent yet, results and reasons when there are some, and the day before', async () => {
  expect(await cli(['grant', '王管理', 'admin'], settings)).toMatchObject({ code: 0 })
  const page = await opened('pages/sends/index', '暂无发送')
  page.close()

  isBusy = true
  const full = await opened('pages/sends/index', '共 20 条')
  expect(full.text()).toMatch(/已发送.*17 条.*平台已经收下/s)
  expect(full.text()).toMatch(/对方没有授权或次数用完。.*微信 43101.*3 条.*12:31/s)
  expect(full.text()).toMatch(/20:00.*80% · 10 多人/s)
  expect(full.count('.sends-fill')).toBe(2)
  await full.tap('.choice', 2)
  await full.until('没有出错的')
  expect(full.text()).toMatch(/已发送.*5 条/s)
  await full.tap('.month-way', 0)
  await full.until('暂无发送')
  full.close()
})
