import { afterAll, beforeAll } from '@jest/globals'
import { createWecomEmulator, type WecomEmulator } from './emulator.ts'

/** The emulator of one test file; its address, which ends with `prefix`, is known once the tests run. */
export function startWecomEmulator(prefix?: string): WecomEmulator {
  const wecom = createWecomEmulator(prefix)
  beforeAll(() => wecom.listen())
  afterAll(() => wecom.stop())
  return wecom
}
