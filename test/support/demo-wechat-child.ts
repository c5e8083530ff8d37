import { createServer, type IncomingMessage } from 'node:http'
import { page } from './demo-wechat-page.ts'
import { createWechatEmulator } from './wechat/emulator.ts'

/** `npm run demo:wechat [PORT] [SERVER]`: WeChat's emulator with one person's session in the browser. */
const port = Number(process.argv[2] ?? 4020)
const site = process.argv[3] ?? 'http://localhost:3000'
const openid = 'openid-of-the-demo'
const wechat = createWechatEmulator()
await wechat.listen(port + 1)
const { config } = wechat.push
config.url = `${site}/wechat/push`

const own: { at: number; text: string; own: true }[] = []
const tell = (text: string): void => void own.push({ at: wechat.clock.now(), text, own: true })

/** What the person can do, and how the conversation stands. */
const acts: Record<string, (text: string) => unknown> = {
  '/say': text => {
    tell(text)
    wechat.session.say(openid, text)
  },
  '/enter': () => {
    tell('（进入会话）')
    wechat.session.enter(openid)
  },
  '/sign-in': async () => {
    const body = JSON.stringify({ code: wechat.signIn.codeOf(openid) })
    const headers = { 'content-type': 'application/json' }
    const { ok } = await fetch(`${site}/api/sign-in`, { method: 'POST', headers, body })
    tell(ok ? '（登录了小程序）' : '（登录没有成功）')
  },
  '/said': () => {
    const replies = wechat.session.messages.map(({ at, content, ai }) => ({ at, text: content.content, ai }))
    const said = [...own, ...replies].sort((a, b) => a.at - b.at)
    return { said, typing: wechat.session.isTyping(openid) }
  },
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

createServer((request, response) => {
  const work = async (): Promise<void> => {
    const act = acts[request.url ?? '']
    if (!act) return void response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    const told = await act(await textOf(request))
    response.setHeader('content-type', 'application/json').end(JSON.stringify(told ?? {}))
  }
  work().catch(() => response.writeHead(502).end())
}).listen(port, '127.0.0.1')

process.stdout.write(
  [
    `WeChat's emulator is running. Its conversation: http://localhost:${port}`,
    `Settings for the server at ${site}:`,
    `WECHAT_APPID=${wechat.appid}`,
    `WECHAT_SECRET=${wechat.secret}`,
    `WECHAT_API_BASE=${wechat.base}`,
    `WECHAT_TOKEN=${config.token}`,
    `WECHAT_ENCODING_AES_KEY=${config.encodingAesKey}`,
    '',
  ].join('\n'),
)
