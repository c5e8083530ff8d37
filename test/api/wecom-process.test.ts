import { expect, test } from '@jest/globals'
import { clientOf } from '../support/client.ts'
import { aDataFolder, startServer } from '../support/server-process.ts'
import { startWecomEmulator } from '../support/wecom/start.ts'

/** A private 政务微信 stands below a path of its own. */
const wecom = startWecomEmulator('/qyapi')

test('a server set up for a private WeCom alone signs its members in, and keeps every secret out of its log', async () => {
  const server = startServer({
    DATA_DIR: aDataFolder(),
    WECOM_CORPID: wecom.corpid,
    WECOM_SECRET: wecom.secret,
    WECOM_AGENTID: String(wecom.agentid),
    WECOM_API_BASE: wecom.base,
    LOG_LEVEL: 'trace',
  })
  const base = await server.started
  const anyone = clientOf(() => base)
  expect(await anyone.call('GET /site')).toMatchObject({ demo: false, ways: ['wecom'] })

  const code = wecom.signIn.codeOf('zhang-somebody')
  const { token, cadre } = await anyone.call('POST /sign-in', { body: { code } })
  const again = { code: wecom.signIn.codeOf('zhang-somebody'), way: 'wecom' as const }
  expect((await anyone.call('POST /sign-in', { body: again })).cadre).toEqual(cadre)
  expect(await clientOf(() => base, token).call('GET /me')).toMatchObject({ ways: ['wecom'] })
  for (const [body, refusal] of [
    [{ code: 'a-code-of-wechat', way: 'wechat' as const }, 'sign-in.wechat-off'],
    [{ code: 'demo:小田' }, 'sign-in.code-invalid'],
    [{ code }, 'sign-in.code-invalid'],
  ] as const)
    await expect(anyone.call('POST /sign-in', { body })).rejects.toMatchObject({ code: refusal })

  server.kill('SIGTERM')
  const { code: exit, out, err } = await server.ended
  expect(exit).toBe(0)
  expect(out).toContain('"request"')
  const secrets = [wecom.secret, code, token, ...wecom.signIn.sessionKeys, 'zhang-somebody']
  for (const secret of secrets) expect(out + err).not.toContain(secret)
})
