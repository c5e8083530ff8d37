import { afterAll, beforeAll } from '@jest/globals'
import { createWecomEmulator, type WecomEmulator } from './emulator.ts'

/** The emulator of one test file; its address is known once the tests run. */
export function startWecomEmulator(): WecomEmulator {
  const wecom = createWecomEmulator()
  beforeAll(() => wecom.listen())
  afterAll(() => wecom.stop())
  return wecom
}
