import type { Channel } from './channel.ts'

/** How a cadre is reached. */
export interface Reach {
  channel: Channel
  address: string
}

/** Each cadre over the first channel that knows an address; who is missing has the inbox only. */
export async function reachOf(
  cadreIds: readonly string[],
  channels: readonly Channel[],
): Promise<ReadonlyMap<string, Reach>> {
  const reached = new Map<string, Reach>()
  for (const channel of channels) {
    const missing = cadreIds.filter(cadreId => !reached.has(cadreId))
    if (missing.length === 0) break
    for (const [cadreId, address] of await channel.addressesOf(missing))
      reached.set(cadreId, { channel, address })
  }
  return reached
}
