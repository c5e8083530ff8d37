import { createWechatEmulator } from '../support/wechat/emulator.ts'

/** WeChat's emulator in a process of its own: so many people who use the mini-program and have accepted two messages. */
const count = Number(process.argv[2])
const template = process.argv[3] ?? ''
const DRAIN_MS = 50
const wechat = createWechatEmulator()
const { subscription, people, log } = wechat
const arrivals = new Map<string, number>()
let calls = 0

/** Counts what arrived and lets it go, so that the emulator stays as large as it is. */
function drain(): void {
  for (const { openid } of subscription.messages.splice(0))
    arrivals.set(openid, (arrivals.get(openid) ?? 0) + 1)
  calls += log.splice(0).length
}

/** What arrived since it was asked last. */
function counted() {
  drain()
  const counts = [...arrivals.values()]
  const told = {
    calls,
    reached: counts.length,
    twice: counts.filter(messages => messages > 1).length,
    cpuSeconds: cpuSeconds(),
  }
  arrivals.clear()
  calls = 0
  return told
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function run(): Promise<void> {
  subscription.addTemplate({
    ...{ id: template, title: '学习提醒' },
    fields: { thing1: '标题', thing2: '内容', time3: '时间' },
  })
  for (let at = 0; at < count; at += 1) {
    people.visit(`o-${at}`)
    subscription.accept(`o-${at}`, template, template)
  }
  await wechat.listen()
  const { base, appid, secret } = wechat
  process.send?.({ base, appid, secret })
  const draining = setInterval(drain, DRAIN_MS)
  process.on('message', () => process.send?.(counted()))
  process.once('disconnect', () => {
    clearInterval(draining)
    void wechat.stop()
  })
}

void run()
