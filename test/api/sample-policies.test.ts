import { expect, test } from '@jest/globals'
import { aDataFolder, cli, startServer } from '../support/server-process.ts'

const RENTING = '示例县农村集体资源出租管理办法'
const PETITIONS = '示例县群众来信来访办理规则'
const MEALS = '农村会务用餐标准'

/** What the command line tells of a document in the database of a server that was started once. */
async function afterStart(env: Record<string, string>) {
  const settings = { DATA_DIR: aDataFolder(), ...env }
  const server = startServer(settings)
  await server.started
  server.kill('SIGTERM')
  await server.ended
  return (...words: string[]) => cli(['show', 'policy', ...words], settings)
}

test('a demo server has the example policies, each marked as an example, an older version beside the newer', async () => {
  const show = await afterStart({})

  const renting = await show(RENTING)
  expect(renting).toMatchObject({ code: 0 })
  expect(renting.out).toMatch(/（示例）（规范性文件，示例县/)
  expect(renting.out).toMatch(/2021-03-10 版.*2025-05-01 起有新版，10 条/)
  expect(renting.out).toMatch(/2025-03-18 版.*适用（效力未经核对），22 条/)
  expect((await show(RENTING, '第五条', '--on', '2023-06-01')).out).toContain('到会人员过半数')
  expect((await show(RENTING, '第六条')).out).toContain('到会人员三分之二以上')
  expect((await show(PETITIONS)).out).toMatch(/（示例）.*示例县[^]*15 条/)
  expect((await show(`示例县人民政府办公室关于${MEALS}的通知`)).out).toMatch(/（示例）.*示例县/)
  // The table of well-known changes is loaded too: of laws that are not stored it tells what took their place.
  expect((await show('信访条例')).out).toContain('信访工作条例')
})

test('a production server has the table of changes and no example', async () => {
  const wechat = { WECHAT_APPID: 'wx0', WECHAT_SECRET: 'none' }
  const show = await afterStart({ NODE_ENV: 'production', EMBEDDED_OK: '1', ...wechat })

  expect((await show(RENTING)).out).toContain('没有收录')
  expect((await show(PETITIONS)).out).toContain('没有收录')
  expect((await show('信访条例')).out).toContain('信访工作条例')
})
