import type { Load } from './load.ts'
import { keysOf, seedContent, signIn } from './seed.ts'
import { load, start } from './stage.ts'

/** Everybody enrolled in the county in 2017. */
const CADRES = 2_024
/** As many calls at once as phones that open the page in the same second. */
const CLIENTS = 256

/** The morning rush: every cadre opens today's page for the first time that day and answers its five questions. */
export async function benchRush(uri: string): Promise<Load> {
  await seedContent(uri, 'bench-rush')
  const keys = Object.fromEntries(await keysOf(uri, 'bench-rush'))
  const { base, stop } = await start('real-server', uri, 'bench-rush')
  const tokens = await signIn(base, CADRES)
  const steps = [{ method: 'GET' as const, path: '/api/today', answerAll: true }]
  const result = await load({ base, clients: CLIENTS, cadres: tokens.map(token => ({ token, steps })), keys })
  await stop()
  return result
}
