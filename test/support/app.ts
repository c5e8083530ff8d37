import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from '@jest/globals'
import mongoose from 'mongoose'
import { createApp, type Outside } from '#server/app'
import { connect, ping } from '#server/base/database'
import { createLog } from '#server/base/log'
import { createWechatSession, type SessionOutside } from '#server/chat/session-service'
import { hearing, type Hearing } from '#server/hearing'
import { health } from '#server/http/health'
import { observe } from '#server/http/observe'
import { openapi } from '#server/http/openapi'
import type { Assistant } from '#server/policy/service'
import type { PushSecret } from '#server/http/push/cipher'
import { api } from '#shared/api'
import { anAssistant, type TestAssistant } from './assistant.ts'
import { clientOf, type Client } from './client.ts'

/** The token that opens `/metrics` in tests. */
export const METRICS_TOKEN = 'metrics-token-of-the-tests'

export interface Options {
  /** The server's clock at the start, ISO with offset: `2026-11-23T09:00:00+08:00`. */
  at: string
  wechat?: NonNullable<Outside['wechat']>
  wecom?: Outside['wecom']
  /** What WeChat pushes is taken. */
  push?: PushSecret
  /** Through what the dialogue is sent into WeChat's own session; without it nothing arrives there. */
  service?: SessionOutside['wechat']
  /** What carries reminders. */
  channels?: Outside['channels']
  /** What helps may be learned of cadres who allow it. */
  learning?: boolean
  /** Demo names may sign in; true unless there is `wechat` or `wecom`. */
  demo?: boolean
  /** What the policy assistant has beside its index, asked for when the server starts. */
  assistant?: () => Partial<Assistant>
}

/** The server of one test file. Set `now` to move its clock. */
export interface TestApp {
  now: Date
  /** `http://127.0.0.1:<port>`, once the tests run. */
  readonly base: string
  /** Lines of the log at level `error`: a bug that answered `server.failed`. */
  readonly failures: string[]
  /** Calls without a session. */
  readonly anyone: Client
  /** Signs a demo cadre in; the same name is the same cadre, on another device. */
  as: (name: string) => Promise<SignedIn>
  /** A client that holds `token`. */
  holding: (token: string) => Client
  /** Resolves once all that was pushed has been worked on. */
  heard: () => Promise<void>
  /** Takes up what failed, once its time has come. */
  sweep: () => Promise<void>
  /** Any request, for input that the typed client cannot say. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

export interface SignedIn extends Client {
  id: string
  token: string
}

const nowhere: SessionOutside['wechat'] = {
  sendServiceMessage: () => Promise.resolve(),
  showTyping: () => Promise.resolve(),
}

/**
 * The whole server for one test file: the real app, a database of its own, and a clock the test sets.
 * Calls go through the mini-program's own typed client.
 */
export function startApp({
  at,
  wechat,
  wecom,
  push,
  service = nowhere,
  channels = [],
  learning = false,
  demo = !wechat && !wecom,
  assistant = () => ({}),
}: Options): TestApp {
  let base = ''
  let server: Server | undefined
  let helping: TestAssistant | undefined
  let hears: Hearing | undefined
  const failures: string[] = []
  const app: TestApp = {
    now: new Date(at),
    get base() {
      return base
    },
    failures,
    anyone: clientOf(() => base),
    holding: token => clientOf(() => base, token),
    as: async name => {
      const { token, cadre } = await app.anyone.call('POST /sign-in', { body: { code: `demo:${name}` } })
      return { ...app.holding(token), id: cadre.id, token }
    },
    heard: async () => hears?.inbox.idle(),
    sweep: async () => hears?.inbox.sweep(),
    fetch: (path, init) => fetch(`${base}${path}`, init),
  }

  beforeAll(async () => {
    await connect(databaseUri(), { dbName: `test-${randomUUID()}` })
    const log = createLog('error', { write: line => void failures.push(line) })
    const site = { name: '日知', version: '0.0.0', model: null }
    helping = anAssistant(() => app.now, log, assistant())
    const before = [observe(log), health({ ready: ping, metricsToken: METRICS_TOKEN }), openapi(api, site)]
    const now = () => app.now
    const outside = { now, log, wechat: service, assistant: helping }
    hears = push && hearing(push, { ...outside, session: createWechatSession({ ...outside, ...push }) })
    const koa = createApp({
      ...{ now, log, site, demo, before, wecom, channels, learning, assistant: helping },
      ...(wechat && { wechat }),
      ...(hears && { hearing: hears }),
    })
    server = await new Promise<Server>(resolve => {
      const listening = koa.listen(0, '127.0.0.1', () => resolve(listening))
    })
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server?.closeAllConnections()
    await new Promise(closed => (server ? server.close(closed) : closed(undefined)))
    await helping?.end()
    await mongoose.connection.dropDatabase()
    await mongoose.disconnect()
  })
  return app
}

/** A database of its own for one test file of a service, without a server in front of it. */
export function startDatabase(): void {
  beforeAll(() => connect(databaseUri(), { dbName: `test-${randomUUID()}` }))
  afterAll(async () => {
    await mongoose.connection.dropDatabase()
    await mongoose.disconnect()
  })
}

/** The replica set or engine of the run. */
export function databaseUri(): string {
  const uri = process.env.TEST_MONGODB_URI
  if (!uri) throw new Error('global-setup.ts sets TEST_MONGODB_URI')
  return uri
}
