import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { api } from '#shared/api'
import packageJson from '../package.json'
import { createApp } from './app.ts'
import { openAssistant } from './assistant.ts'
import { connect, disconnect, figures, ping } from './base/database.ts'
import { checkForServing, type Env, loadDotEnv, readEnv } from './base/env.ts'
import { makeFolder } from './base/folder.ts'
import { watchGrowth } from './base/growth.ts'
import { createLog, type Log } from './base/log.ts'
import { collectDatabaseMetrics, collectProcessMetrics } from './base/metrics.ts'
import { program } from './base/paths.ts'
import { sentencesOf, StartError } from './base/start-error.ts'
import { tokenStore } from './base/token-store.ts'
import { wording } from './base/wording.ts'
import { stopWaiting } from './chat/service.ts'
import { createWechatSession, type SessionOutside } from './chat/session-service.ts'
import { createWechat } from './clients/wechat.ts'
import { createWecom } from './clients/wecom.ts'
import { startEmbedded } from './embedded/start.ts'
import { hearing, type Hearing } from './hearing.ts'
import { closing } from './http/closing.ts'
import { startFront } from './http/front.ts'
import { health } from './http/health.ts'
import { observe } from './http/observe.ts'
import { openapi } from './http/openapi.ts'
import { pages } from './http/pages.ts'
import type { PushSecret } from './http/push/cipher.ts'
import { startJobs } from './jobs.ts'
import { stopStale } from './law-watch.ts'
import { leaveWriting } from './policy/service.ts'
import { checkReminderTemplate } from './reminder-template.ts'
import { loadSample } from './sample.ts'
import { wechatChannel } from './wechat-channel.ts'
import { wecomChannel } from './wecom-channel.ts'

/** How long open requests may take to end once the server was told to stop. */
const GRACE_MS = 10_000

/** What was started, newest last; stopping goes backwards. */
const started: (() => unknown)[] = []
const now = () => new Date()

async function start(env: Env, log: Log): Promise<void> {
  await openDatabase(env, log)
  await loadSample({ demo: env.demo, now, log })
  const front = startFront(log, env.buildH5)
  started.push(front.stop)
  const wechat = env.wechat && createWechat(env.wechat, { tokens: tokenStore, now })
  if (wechat && env.wechat?.reminder) await checkReminderTemplate(env.wechat.reminder, { wechat, log })
  const wecom = env.wecom && createWecom(env.wecom, { tokens: tokenStore, now })
  const channels = [
    ...(wecom && env.wecom ? [wecomChannel(wecom, env.wecom)] : []),
    ...(wechat && env.wechat?.reminder ? [wechatChannel(wechat, env.wechat.reminder)] : []),
  ]
  started.push(startJobs({ now, log, channels, learning: env.reminderLearning }))
  collectProcessMetrics()

  const assistant = openAssistant(env, { now, log, wechat, onChange: () => stopStale({ now, log }) })
  started.push(() => assistant.search.stop())
  void assistant.search.refresh().catch((error: unknown) => log.error({ error }, 'policy index not ready'))
  const model = env.model ? { name: env.model.name, filing: env.model.filing ?? '' } : null
  const site = { name: env.siteName, version: packageJson.version, model }
  const calls = closing()
  const push = wechat && env.wechat?.push && openHearing(env.wechat.push, { wechat, assistant, now, log })
  const app = createApp({
    now,
    log,
    site,
    demo: env.demo,
    ...(wechat && { wechat }),
    wecom,
    assistant,
    channels,
    learning: env.reminderLearning,
    ...(push && { hearing: push }),
    before: [
      calls.middleware,
      observe(log),
      health({ ready: ping, metricsToken: env.metricsToken }),
      openapi(api, site),
      pages(front, env.siteName),
    ],
  })
  const handle = app.callback()
  const server = await listen((request, response) => void handle(request, response), env)
  started.push(
    () => calls.close(server, stopWaiting, GRACE_MS),
    () => leaveWriting(assistant),
  )
  // Whoever waits for an answer would go on with one that is left.
  if (push) started.push(push.stopWaiting)
  say(wording.started(addressOf(server, env.host)))
  if (env.demo) say(wording.demo)
}

/** Takes what WeChat pushes, and answers what is typed there. */
function openHearing(secret: PushSecret, outside: Omit<SessionOutside, 'appid'>): Hearing {
  const session = createWechatSession({ ...outside, appid: secret.appid })
  const push = hearing(secret, { ...outside, session })
  started.push(push.inbox.start())
  return push
}

async function openDatabase({ mongodbUri, dataDir, fsync, repair, warnBytes }: Env, log: Log): Promise<void> {
  let uri = mongodbUri
  if (!uri) {
    makeFolder(dataDir)
    const engine = await startEmbedded({
      directory: dataDir,
      port: 0,
      fsync,
      repair,
      workerFile: program('embedded-worker'),
      log: line => log.info({ line }, 'embedded database'),
    })
    started.push(engine.stop)
    uri = engine.uri
  }
  await connect(uri)
  started.push(disconnect)
  if (mongodbUri) return
  collectDatabaseMetrics(figures, warnBytes)
  started.push(watchGrowth({ figures, limit: warnBytes, now, log }))
}

function listen(handle: RequestListener, { port, host }: Env): Promise<Server> {
  const server = createServer(handle)
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentences: Record<string, string> = {
        EADDRINUSE: wording.portTaken(port),
        EACCES: wording.portForbidden(port),
        EADDRNOTAVAIL: wording.hostUnknown(host),
        ENOTFOUND: wording.hostUnknown(host),
      }
      const sentence = sentences[error.code ?? '']
      reject(sentence ? new StartError([sentence]) : error)
    })
    server.listen(port, host, () => resolve(server))
  })
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const local = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host)
  return `http://${local ? 'localhost' : host}:${port}`
}

async function stopAll(): Promise<void> {
  for (const stop of started.splice(0).reverse()) await stop()
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Tells the operator why the start stopped. */
function explain(error: unknown): void {
  const lines = sentencesOf(error)
  process.stderr.write(`${wording.cannotStart}\n${lines.map(line => `  ${line}\n`).join('')}`)
}

/** The first signal stops in order, the second at once. */
function onSignals(stop: () => Promise<void>): void {
  let stopping = false
  const hear = (): void => {
    if (stopping) process.exit(130)
    stopping = true
    say(wording.stopping)
    void stop()
  }
  process.on('SIGINT', hear)
  process.on('SIGTERM', hear)
}

async function run(): Promise<void> {
  loadDotEnv()
  const env = readEnv(process.env)
  checkForServing(env)
  const log = createLog(env.logLevel)
  let starting: Promise<void> = Promise.resolve()
  onSignals(async () => {
    await starting.catch(() => undefined)
    await stopAll()
    say(wording.stopped)
    process.exit(0)
  })
  process.on('unhandledRejection', error => log.error({ error }, 'a rejection nobody handled'))
  process.on('uncaughtException', error => {
    log.fatal({ error }, 'a fault nobody handled')
    process.exit(1)
  })
  starting = start(env, log)
  await starting
}

run().catch(async (error: unknown) => {
  explain(error)
  await stopAll().catch(() => undefined)
  process.exit(1)
})
