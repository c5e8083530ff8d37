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
const template = { id: 'template-of-the-demo', title: '学习提醒' }
wechat.subscription.addTemplate({
  ...template,
  fields: { thing1: '课程名称', thing2: '温馨提示', time3: '学习时间' },
})

const own: { at: number; text: string; own: true }[] = []
const tell = (text: string): void => void own.push({ at: wechat.clock.now(), text, own: true })
let token = ''

async function ask(method: string, path: string, body?: object): Promise<object | null> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== '' && { authorization: `Bearer ${token}` }),
  }
  const response = await fetch(`${site}/api${path}`, {
    ...{ method, headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  return response.ok ? ((await response.json()) as object) : null
}

/** The next half hour in Beijing: a time that may be chosen. */
const nextTime = (): string => {
  const half = 30 * 60_000
  const next = new Date(Math.ceil(Date.now() / half) * half + 8 * 60 * 60_000)
  return next.toISOString().slice(11, 16)
}

/** Switches reminders on for every day, and allows one as the person does in WeChat's own sheet. */
async function wantReminders(): Promise<void> {
  const shown = await ask('GET', '/reminders')
  if (!shown) return tell('（请先登录小程序）')
  const { kinds, learning } = shown as { kinds: string[]; learning: boolean }
  const time = nextTime()
  const days = [1, 2, 3, 4, 5, 6, 7]
  const set = await ask('PUT', '/reminders', {
    on: true,
    kinds,
    times: [time],
    days,
    holidays: true,
    learning,
  })
  if (set) wechat.subscription.accept(openid, template.id)
  tell(set ? `（打开了学习提醒，${time}，允许一次）` : '（提醒没有打开，现在可能是夜里，没有可选的时间）')
}

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
    const signedIn = await ask('POST', '/sign-in', { code: wechat.signIn.codeOf(openid) })
    token = (signedIn as { token?: string } | null)?.token ?? ''
    tell(signedIn ? '（登录了小程序）' : '（登录没有成功）')
  },
  '/remind': wantReminders,
  '/said': () => {
    const replies = wechat.session.messages.map(({ at, content, ai }) => ({ at, text: content.content, ai }))
    const notices = wechat.subscription.messages.map(({ at, texts, page }) => ({
      ...{ at, notice: template.title, text: Object.values(texts).join('\n') },
      page: page ?? '',
    }))
    const said = [...own, ...replies, ...notices].sort((a, b) => a.at - b.at)
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
    `WECHAT_REMINDER_TEMPLATE=${template.id} thing1 thing2 time3`,
    '',
  ].join('\n'),
)
