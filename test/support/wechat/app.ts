import { Refusal } from '../platform/desk.ts'

/** The app the stand-in knows. */
export interface App {
  readonly appid: string
  readonly secret: string
}

export const APP: App = { appid: 'wx0123456789abcdef', secret: 'the-secret-of-the-tests' }

/** Throws unless these are the app's own. */
export function checkApp(app: App, appid: unknown, secret: unknown): void {
  if (!appid) throw new Refusal(41002, 'appid missing')
  if (!secret) throw new Refusal(41004, 'appsecret missing')
  if (appid !== app.appid) throw new Refusal(40013, 'invalid appid')
  if (secret !== app.secret) throw new Refusal(40125, 'invalid appsecret')
}
