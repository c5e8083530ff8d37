import { Agent, request } from 'node:http'
import { connect, disconnect } from '#server/base/database'
import { createLog } from '#server/base/log'
import { tokenStore } from '#server/base/token-store'
import { createWechat } from '#server/clients/wechat'
import { runDue, timetable } from '#server/jobs'
import { wechatChannel } from '#server/wechat-channel'
import { sendReminders } from '#server/reminder/service'

/** What the process is to do. */
export interface Errand {
  uri: string
  dbName: string
  /** When it begins, in milliseconds. */
  from: number
  wechat: { base: string; appid: string; secret: string }
  template: Parameters<typeof wechatChannel>[1]
  /** Only ask the emulator so many times, as fast as it answers. */
  raw?: number
}

/** How long it took, and what it took up. */
export interface Done {
  planSeconds: number
  sendSeconds: number
  cpuSeconds: number
  rssStart: number
  rssPeak: number
}

const SAMPLE_MS = 250
const AT_ONCE = 128

/** Plans one slot and sends it, as a process of the product does. */
async function remind({ uri, dbName, from, wechat, template }: Errand): Promise<Done> {
  await connect(uri, { dbName })
  const began = performance.now()
  const now = () => new Date(from + performance.now() - began)
  const log = createLog('warn')
  const client = createWechat(wechat, { tokens: tokenStore, now: () => new Date() })
  const channels = [wechatChannel(client, template)]
  const job = timetable.find(({ name }) => name === 'reminders')
  if (!job) throw new Error('no such job')
  const memory = watchMemory()
  await runDue(job, { now, log })
  const planned = performance.now()
  await sendReminders({ now, log, channels })
  const sent = performance.now()
  await disconnect()
  const seconds = { planSeconds: (planned - began) / 1000, sendSeconds: (sent - planned) / 1000 }
  return { ...seconds, ...memory() }
}

function watchMemory(): () => Pick<Done, 'cpuSeconds' | 'rssStart' | 'rssPeak'> {
  const rss = () => Math.round(process.memoryUsage.rss() / 2 ** 20)
  const before = process.cpuUsage()
  const rssStart = rss()
  let rssPeak = rssStart
  const watching = setInterval(() => (rssPeak = Math.max(rssPeak, rss())), SAMPLE_MS)
  return () => {
    clearInterval(watching)
    const { user, system } = process.cpuUsage(before)
    return { cpuSeconds: (user + system) / 1e6, rssStart, rssPeak }
  }
}

/** What the emulator can do: the same messages from a loop that does nothing else. */
async function askOnly(
  { wechat: { base, appid, secret }, template }: Errand,
  count: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const post = (path: string, body: object) =>
    new Promise<string>((resolve, reject) => {
      const text = JSON.stringify(body)
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
      const call = request(`${base}${path}`, { method: 'POST', agent, headers }, response => {
        let reply = ''
        response.on('data', (part: Buffer) => (reply += part.toString()))
        response.on('end', () => resolve(reply))
      })
      call.once('error', reject).end(text)
    })
  const grant = { grant_type: 'client_credential', appid, secret }
  const { access_token: token } = JSON.parse(await post('/cgi-bin/stable_token', grant)) as {
    access_token: string
  }
  const data = {
    [template.title]: { value: '今日一测' },
    [template.text]: { value: '还有 5 题没答完' },
    [template.time]: { value: '2026年11月23日 07:30' },
  }
  let next = 0
  const began = performance.now()
  const client = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      const message = { touser: `o-${at}`, template_id: template.id, data, lang: 'zh_CN' }
      const reply = await post(`/cgi-bin/message/subscribe/send?access_token=${token}`, message)
      if (!reply.includes('"errcode":0')) throw new Error(reply)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, client))
  agent.destroy()
  return (performance.now() - began) / 1000
}

const errand = JSON.parse(process.argv[2] ?? '{}') as Errand
const work = errand.raw === undefined ? remind(errand) : askOnly(errand, errand.raw)
void work.then(done => {
  process.send?.(done)
  process.disconnect()
})
