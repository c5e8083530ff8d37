import Taro from '@tarojs/taro'
import type { Api } from '#shared/api'
import type { Input, Reply } from '#shared/endpoint'
import { errors } from '#shared/errors'
import { exchange } from './exchange.ts'
import { ApiError } from './failure.ts'
import { forget, forgetCached, keep, read } from './storage.ts'
import { isInWecom, wecomCode } from './wecom.ts'
import { wording } from './wording.ts'

type SignedIn = Reply<Api['POST /sign-in']>
type Proof = Pick<Input<Api['POST /sign-in']>['body'], 'code' | 'way'>

const TOKEN = 'session-token'
const DEMO_NAME = 'demo-name'

const SIGN_IN_PAGE = '/pages/sign-in/index'

let pending: Promise<string> | undefined
/** The token where the device keeps nothing. */
let unkept = ''

const currentToken = (): string => read(TOKEN, '') || unkept

/** The token of this device's session; signs in when there is none. */
export async function sessionToken(): Promise<string> {
  return currentToken() || renewSession('')
}

/** A new token after `old` was refused. Calls that fail together share one sign-in. */
export async function renewSession(old: string): Promise<string> {
  const current = currentToken()
  if (current && current !== old) return current
  pending ??= signInAgain().finally(() => {
    pending = undefined
  })
  return pending
}

async function signInAgain(): Promise<string> {
  forgetToken()
  try {
    return await signInWith(await proof())
  } catch (failure) {
    const ask = failure instanceof ApiError && ['session.missing', 'sign-in.demo-only'].includes(failure.code)
    if (ask) askToSignIn()
    throw failure
  }
}

/** Opens the page for signing in once, however many calls were refused. */
function askToSignIn(): void {
  const pages = Taro.getCurrentPages()
  const here = process.env.TARO_ENV === 'h5' ? location.hash : pages[pages.length - 1]?.route
  if (!here?.includes('pages/sign-in/')) void Taro.reLaunch({ url: SIGN_IN_PAGE })
}

/** What signs in without asking: a code of WeChat or WeCom, or the demo name given earlier on this device. */
async function proof(): Promise<Proof> {
  const name = read(DEMO_NAME, '')
  if (name) return { code: `demo:${name}` }
  if (process.env.TARO_ENV === 'weapp') {
    if (isInWecom()) return { code: await wecomCode(), way: 'wecom' }
    return { code: (await Taro.login()).code, way: 'wechat' }
  }
  throw new ApiError(401, { code: 'session.missing', text: errors['session.missing'].text })
}

async function signInWith(shown: Proof): Promise<string> {
  const body = { ...shown, device: deviceName() }
  const { token } = (await exchange({ method: 'POST', path: '/api/sign-in', body })) as SignedIn
  unkept = keep(TOKEN, token) ? '' : token
  return token
}

/** Signs in as a demo cadre and remembers the name for this device. */
export async function signInAs(name: string): Promise<void> {
  await signInWith({ code: `demo:${name}` })
  keep(DEMO_NAME, name)
}

const leaving: (() => void)[] = []

/** Registers what must be forgotten in memory when the cadre signs out. */
export const whenSignedOut = (forgetIt: () => void): void => void leaving.push(forgetIt)

/** Ends the session here and forgets what this device kept about the cadre. */
export async function signOut(): Promise<void> {
  const token = currentToken()
  if (token) await exchange({ method: 'POST', path: '/api/sign-out', token }).catch(() => undefined)
  forgetCached()
  forgetToken()
  forget(DEMO_NAME)
  for (const forgetIt of leaving) forgetIt()
  await Taro.reLaunch({ url: SIGN_IN_PAGE })
}

function forgetToken(): void {
  forget(TOKEN)
  unkept = ''
}

function deviceName(): string {
  if (process.env.TARO_ENV === 'h5') return browserName(navigator.userAgent)
  const { brand, model } = Taro.getDeviceInfo()
  return `${brand} ${model}`.slice(0, 60)
}

function browserName(agent: string): string {
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? ''
  const browser = /Edg|MicroMessenger|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? wording.browser
  return `${system} ${browser}`.trim()
}
