import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import * as simulate from 'miniprogram-simulate'

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
  open(route: string, query?: Record<string, string>): Promise<OpenPage>
}

/** A page in view. */
export interface OpenPage {
  text(): string
  tap(selector: string, at?: number): Promise<void>
  fill(selector: string, value: string): Promise<void>
  count(selector: string): number
  until(what: string | (() => boolean)): Promise<void>
  close(): void
}

interface RequestOptions {
  url: string
  method: string
  data?: unknown
  header?: Record<string, string>
  enableChunked?: boolean
  success?: (reply: object) => void
  fail?: (reply: object) => void
  complete?: (reply: object) => void
}

type Callbacks = Record<string, (...args: unknown[]) => unknown>

/** The address the weapp is built with; requests to it go to the server of the test. */
const BUILT_BASE = 'http://127.0.0.1:3000'
const PATIENCE_MS = 15_000

/** Puts the built mini-program on a phone that talks to `server`, signed in by `code`, which WeChat or WeCom gives. */
export function startPhone(
  root: string,
  server: string,
  code: string,
  by: 'wechat' | 'wecom' = 'wechat',
): Phone {
  const stack: object[] = []
  const routes: string[] = []
  const copied: string[] = []
  const storage = new Map<string, unknown>()
  const listeners: ((state: { isConnected: boolean }) => void)[] = []
  let offline = false
  const app: Callbacks = {}

  const done = (options: Callbacks | undefined, reply: object): void => {
    options?.success?.(reply)
    options?.complete?.(reply)
  }
  const go = (options: { url: string } & Callbacks): void => {
    routes.push(options.url)
    done(options, {})
  }
  const host = globalThis as unknown as Record<string, unknown> & { wx: object }
  Object.assign(host, {
    getApp: () => app,
    getCurrentPages: () => stack,
    App: (own: Callbacks) => Object.assign(app, own),
    Page: (own: Record<string, unknown>) => {
      const methods = Object.fromEntries(
        Object.entries(own).filter(([, value]) => typeof value === 'function'),
      )
      const component = host.Component as (definition: object) => void
      component({ data: own.data ?? {}, methods, options: {} })
    },
  })
  Object.assign(
    host.wx,
    by === 'wecom' && { qy: { login: (options: Callbacks) => done(options, { code }) } },
    {
      canIUse: () => true,
      getSystemInfoSync: () => ({
        ...{ platform: 'android', SDKVersion: '3.8.0', windowWidth: 390 },
        ...(by === 'wecom' && { environment: 'wxwork' }),
      }),
      getDeviceInfo: () => ({ brand: 'HUAWEI', model: 'P30' }),
      getWindowInfo: () => ({ windowWidth: 390, windowHeight: 844 }),
      login: (options: Callbacks) => done(options, { code: by === 'wechat' ? code : 'of-nobody' }),
      getNetworkType: (options: Callbacks) => done(options, { networkType: 'wifi' }),
      onNetworkStatusChange: (listener: (state: { isConnected: boolean }) => void) =>
        listeners.push(listener),
      getStorageSync: (key: string) => storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => storage.set(key, value),
      removeStorageSync: (key: string) => storage.delete(key),
      setClipboardData: (options: { data: string } & Callbacks) => {
        copied.push(options.data)
        done(options, {})
      },
      navigateTo: go,
      switchTab: go,
      reLaunch: go,
      request: (options: RequestOptions) => overHttp(options, server, () => offline),
    },
  )

  // The build is loaded as the phone loads it: app.js first, pages when they are opened.
  require(join(root, 'app.js'))
  void app.onLaunch?.({ path: '', query: {} })

  return {
    routes,
    copied,
    get offline() {
      return offline
    },
    set offline(value) {
      offline = value
      for (const listener of listeners) listener({ isConnected: !value })
    },
    open: (route, query = {}) => openPage(root, route, query, stack),
  }
}

const loaded = new Map<string, string>()

async function openPage(
  root: string,
  route: string,
  query: Record<string, string>,
  stack: object[],
): Promise<OpenPage> {
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
  const until: OpenPage['until'] = async what => {
    const there = typeof what === 'string' ? () => text().includes(what) : what
    const deadline = Date.now() + PATIENCE_MS
    while (!there()) {
      if (Date.now() > deadline) throw new Error(`not seen: ${String(what)}\n${text()}`)
      await simulate.sleep(20)
    }
  }
  const found = async (selector: string, at: number): Promise<simulate.Rendered> => {
    await until(() => page.querySelectorAll(selector)[at] !== undefined)
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
    until,
    count: selector => page.querySelectorAll(selector).length,
    async tap(selector, at = 0) {
      const item = await found(selector, at)
      item.dispatchEvent('tap')
      await settled()
    },
    async fill(selector, value) {
      const item = await found(selector, 0)
      item.dispatchEvent('input', { detail: { value } })
      await settled()
    },
    close() {
      for (const step of ['onHide', 'onUnload']) void instance[step]?.()
      stack.pop()
      page.detach()
      place.remove()
    },
  }
}

/** `wx.request` over HTTP, with chunks handed on as they come where they are asked for. */
function overHttp(options: RequestOptions, server: string, isOffline: () => boolean): object {
  let onChunk: ((chunk: { data: ArrayBuffer }) => void) | undefined
  const fail = (errMsg: string): void => {
    options.fail?.({ errMsg })
    options.complete?.({ errMsg })
  }
  if (isOffline()) {
    setTimeout(() => fail('request:fail net::ERR_INTERNET_DISCONNECTED'), 1)
    return { abort: () => undefined, onChunkReceived: () => undefined }
  }
  const body = options.data === undefined ? undefined : JSON.stringify(options.data)
  const sent = httpRequest(
    options.url.replace(BUILT_BASE, server),
    { method: options.method, headers: options.header },
    response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (options.enableChunked) onChunk?.({ data: bytesOf(chunk) })
      })
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const data: unknown = options.enableChunked || text === '' ? '' : JSON.parse(text)
        const reply = {
          statusCode: response.statusCode,
          data,
          header: response.headers,
          errMsg: 'request:ok',
        }
        options.success?.(reply)
        options.complete?.(reply)
      })
    },
  )
  sent.on('error', error => fail(`request:fail ${error.message}`))
  sent.end(body)
  return {
    abort: () => sent.destroy(new Error('abort')),
    onChunkReceived: (listener: typeof onChunk) => {
      onChunk = listener
    },
  }
}

const bytesOf = (chunk: Buffer): ArrayBuffer => new Uint8Array(chunk).buffer
