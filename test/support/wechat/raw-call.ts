import type { WechatEmulator } from './emulator.ts'

/** An answer as it comes over the line. */
export type RawAnswer = Record<string, unknown> & {
  errcode?: number
  access_token?: string
  expires_in?: number
}

/** Calls of the emulator without the server's own client. */
export function rawCalls(wechat: WechatEmulator) {
  const { appid, secret } = wechat
  const get = async (path: string, query: Record<string, string> = {}): Promise<RawAnswer> =>
    (await (await fetch(`${wechat.base}${path}?${new URLSearchParams(query)}`)).json()) as RawAnswer
  const post = async (path: string, body: object | string, token = ''): Promise<RawAnswer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(`${wechat.base}${path}?access_token=${token}`, {
      method: 'POST',
      body: text,
    })
    return (await response.json()) as RawAnswer
  }
  const stable = (more: object = {}) =>
    post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret, ...more })
  return {
    get,
    post,
    stable,
    /** A token that is good now. */
    good: async () => (await stable()).access_token ?? '',
  }
}
