import { join } from 'node:path'
import * as simulate from 'miniprogram-simulate'
import { type Consent, createConsent } from './consent.ts'
import { createDevice, type Device } from './device.ts'
import { type Line, overHttp, pathOf, type RequestOptions } from './line.ts'
import { createWechatApi, type WechatApi } from './wechat-api.ts'

/**
 * What a phone gives a mini-program and miniprogram-simulate does not: App and Page, a page stack, storage and
 * requests that really go over HTTP. Its WXML, WXSS and components are WeChat's own.
 */
export interface Phone {
  /** Without network every request fails as it does on a phone. */
  offline: boolean
  /** What the pages asked the phone to open. */
  readonly routes: string[]
  /** What the pages put into the clipboard. */
  readonly copied: string[]
  /** What the pages ask of WeChat itself. */
  readonly wechat: WechatApi
  readonly consent: Consent
  readonly device: Device
  /** Requests to these addresses are not sent before they are let go. */
  held: RegExp | null
  /** The requests that the pages gave up, as `GET /api/me`. */
  readonly aborted: string[]
  /** The requests that have no reply yet. */
  readonly underWay: ReadonlySet<string>
  /** Forgets what was kept on the phone under `key`. */
  forget(key: string): void
  until(what: () => boolean): Promise<void>
  open(route: string, query?: Record<string, string>): Promise<OpenPage>
}

/** A page in view. */
export interface OpenPage {
  text(): string
  tap(selector: string, at?: number): Promise<void>
  fill(selector: string, value: string): Promise<void>
  count(selector: string): number
  /** The text of each element. */
  texts(selector: string): string[]
  /** What a component of WeChat tells the page: of a picture, a phone number, consent. */
  tell(selector: string, event: string, detail?: object): Promise<void>
  until(what: string | (() => boolean)): Promise<void>
  /** Another page comes to stand above it. */
  hide(): void
  close(): void
}

type Callbacks = Record<string, (...args: unknown[]) => unknown>

const PATIENCE_MS = 15_000

/** Puts the built mini-program on a phone that talks to `server`, signed in by `code`, which WeChat or WeCom gives. */
export function startPhone(
  root: string,
  server: string,
  code: string,
  { by = 'wechat', asksConsent = true }: { by?: 'wechat' | 'wecom'; asksConsent?: boolean } = {},
): Phone {
  const stack: object[] = []
  const routes: string[] = []
  const copied: string[] = []
  const listeners: ((state: { isConnected: boolean }) => void)[] = []
  const consent = createConsent()
  const line: Line = { server, offline: false, held: null, aborted: [], underWay: new Set() }
  const app: Callbacks = {}
  const { api: wechat, functions, heeding } = createWechatApi()
  const device = createDevice(() => wechat.journal.push('setStorageSync'))

  const done = (options: Callbacks | undefined, reply: object): void => {
    options?.success?.(reply)
    options?.complete?.(reply)
  }
  const go = (options: { url: string } & Callbacks): void => {
    routes.push(options.url)
    done(options, {})
  }
  const host = globalThis as unknown as Record<string, unknown> & { wx: object }
  const component = host.Component as (definition: object) => void
  Object.assign(host, {
    Component: (definition: { methods?: Record<string, unknown> }) =>
      component({ ...definition, methods: heeding(definition.methods ?? {}) }),
    getApp: () => app,
    getCurrentPages: () => stack,
    App: (own: Callbacks) => Object.assign(app, own),
    Page: (own: Record<string, unknown>) => {
      const methods = Object.fromEntries(
        Object.entries(own).filter(([, value]) => typeof value === 'function'),
      )
      component({ data: own.data ?? {}, methods: heeding(methods), options: {} })
    },
  })
  Object.assign(host.wx, {
    canIUse: () => true,
    getSystemInfoSync: () => ({
      ...{ platform: 'android', SDKVersion: '3.8.0', windowWidth: 390 },
      ...(by === 'wecom' && { environment: 'wxwork' }),
    }),
    getDeviceInfo: () => ({ brand: 'HUAWEI', model: 'P30' }),
    getWindowInfo: () => ({ windowWidth: 390, windowHeight: 844 }),
    login: (options: Callbacks) => done(options, { code: by === 'wechat' ? code : 'of-nobody' }),
    ...(by === 'wecom' && { qy: { login: (options: Callbacks) => done(options, { code }) } }),
    getNetworkType: (options: Callbacks) => done(options, { networkType: 'wifi' }),
    onNetworkStatusChange: (listener: (state: { isConnected: boolean }) => void) => listeners.push(listener),
    ...(asksConsent && consent.wx),
    ...device.wx,
    setClipboardData: (options: { data: string } & Callbacks) => {
      const run = (): void => {
        copied.push(options.data)
        done(options, {})
      }
      consent.guard('setClipboardData', run, failure => void options.fail?.(failure))
    },
    navigateTo: go,
    switchTab: go,
    reLaunch: go,
    request: (options: RequestOptions) => {
      wechat.journal.push(`request ${options.method} ${pathOf(options.url)}`)
      return overHttp(options, line)
    },
    ...functions,
  })

  // The build is loaded as the phone loads it: app.js first, pages when they are opened.
  require(join(root, 'app.js'))
  void app.onLaunch?.({ path: '', query: {} })

  return {
    routes,
    copied,
    wechat,
    forget: key => void device.storage.delete(key),
    consent,
    device,
    aborted: line.aborted,
    underWay: line.underWay,
    get held() {
      return line.held
    },
    set held(value) {
      line.held = value
    },
    get offline() {
      return line.offline
    },
    set offline(value) {
      line.offline = value
      for (const listener of listeners) listener({ isConnected: !value })
    },
    until: there => until(there, () => `${String(there)}, aborted: ${line.aborted.join()}`),
    open: (route, query = {}) => openPage({ root, route, query, stack, tapped: consent.tapped }),
  }
}

const loaded = new Map<string, string>()

/** Waits for something, with patience. */
async function until(there: () => boolean, seen: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!there()) {
    if (Date.now() > deadline) throw new Error(`not seen: ${seen()}`)
    await simulate.sleep(20)
  }
}

interface Opening {
  root: string
  route: string
  query: Record<string, string>
  stack: object[]
  /** Hears of the buttons of consent that were tapped. */
  tapped: (id: string) => void
}

async function openPage({ root, route, query, stack, tapped }: Opening): Promise<OpenPage> {
  // A page's script runs once, as on a phone; opening it again makes another instance.
  const id =
    loaded.get(route) ?? simulate.load(join(root, route), 'page', { rootPath: root, compiler: 'official' })
  loaded.set(route, id)
  const page = simulate.render(id)
  const place = document.createElement('div')
  document.body.appendChild(place)
  page.attach(place)
  const instance = page.instance as Callbacks & { route: string }
  instance.route = route
  stack.push(instance)
  for (const [step, given] of [
    ['onLoad', query],
    ['onShow', {}],
    ['onReady', {}],
  ] as const)
    void instance[step]?.(given)

  const text = (): string => place.textContent ?? ''
  const untilSeen: OpenPage['until'] = what =>
    until(typeof what === 'string' ? () => text().includes(what) : what, () => `${String(what)}\n${text()}`)
  const found = async (selector: string, at: number): Promise<simulate.Rendered> => {
    await untilSeen(() => page.querySelectorAll(selector)[at] !== undefined)
    const item = page.querySelectorAll(selector)[at]
    if (!item) throw new Error(`nothing at ${selector}`)
    return item
  }
  /** A tap goes through several turns of the event loop; on a slow machine they take longer than any fixed time. */
  const settled = async (): Promise<void> => {
    let seen = place.innerHTML
    for (let quiet = 0; quiet < 12; quiet++) {
      await simulate.sleep(5)
      if (place.innerHTML === seen) continue
      seen = place.innerHTML
      quiet = 0
    }
  }
  return {
    text,
    until: untilSeen,
    count: selector => page.querySelectorAll(selector).length,
    texts: selector => page.querySelectorAll(selector).map(({ dom }) => dom?.textContent ?? ''),
    async tap(selector, at = 0) {
      const item = await found(selector, at)
      item.dispatchEvent('tap')
      await settled()
    },
    async tell(selector, event, detail = {}) {
      const item = await found(selector, 0)
      if (event === 'agreeprivacyauthorization') tapped(String(item.instance.id))
      item.dispatchEvent(event, { detail })
      await settled()
    },
    async fill(selector, value) {
      const item = await found(selector, 0)
      item.dispatchEvent('input', { detail: { value } })
      await settled()
    },
    hide: () => void instance.onHide?.(),
    close() {
      for (const step of ['onHide', 'onUnload']) void instance[step]?.()
      stack.pop()
      page.detach()
      place.remove()
    },
  }
}
