/** @jest-environment jsdom */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { BUILD_MS, builtFront } from '../support/front.ts'
import { aDataFolder, type ServerProcess, startServer } from '../support/server-process.ts'
import { startWecomEmulator } from '../support/wecom/start.ts'
import { startPhone, type Phone } from './host.ts'

const wecom = startWecomEmulator()
let server: ServerProcess
let phone: Phone

beforeAll(async () => {
  const folder = await builtFront('weapp')
  server = startServer({
    DATA_DIR: aDataFolder(),
    WECOM_CORPID: wecom.corpid,
    WECOM_SECRET: wecom.secret,
    WECOM_AGENTID: String(wecom.agentid),
    WECOM_API_BASE: wecom.base,
  })
  phone = startPhone(folder, await server.started, wecom.signIn.codeOf('zhang'), { by: 'wecom' })
}, BUILD_MS)

afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
})

test('inside WeCom the mini-program signs its member in, and asks WeChat for nothing', async () => {
  const page = await phone.open('pages/devices/index')
  await page.until('HUAWEI P30')
  expect(wecom.log.map(({ path, ended }) => [path, ended])).toEqual([
    ['/cgi-bin/gettoken', 0],
    ['/cgi-bin/miniprogram/jscode2session', 0],
  ])
  page.close()
})
