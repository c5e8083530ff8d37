import { afterAll, beforeAll } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { describeInBrowser } from '../support/browser.ts'
import { BUILD_MS, builtFront } from '../support/front.ts'
import { aDataFolder, type ServerProcess, startServer } from '../support/server-process.ts'
import { launch, signIn, type Cadre, type Screen } from './cadre.ts'

/** A server in demo mode and a browser, once the tests run. */
export interface Served {
  /** Somebody signs in by name. */
  enter: (name: string, screen: Screen) => Promise<Cadre>
  /** Starts the server anew, with what `meanwhile` did to its data. */
  restart: (meanwhile: () => Promise<void>) => Promise<void>
}

type Settings = Record<string, string>

/** Tests in a browser with a server of their own; `settings` are asked for when it starts. */
export function describeServed(
  title: string,
  tests: (served: Served) => void,
  settings: () => Settings | Promise<Settings> = () => ({ DATA_DIR: aDataFolder() }),
): void {
  describeInBrowser(title, chromium => {
    let own: Settings = {}
    let server: ServerProcess | undefined
    let browser: Browser | undefined
    let url = ''

    const start = async (): Promise<void> => {
      server = startServer({ DEMO: '1', ...own })
      url = await server.started
    }
    const stop = async (): Promise<void> => {
      server?.kill('SIGTERM')
      await server?.ended
    }

    beforeAll(async () => {
      await builtFront('h5')
      browser = await launch(chromium)
      own = await settings()
      await start()
    }, BUILD_MS)

    afterAll(async () => {
      await browser?.close()
      await stop()
    })

    tests({
      enter: (name, screen) => {
        if (!browser) throw new Error('no browser yet')
        return signIn(browser, url, name, screen)
      },
      restart: async meanwhile => {
        await stop()
        await meanwhile()
        await start()
      },
    })
  })
}
