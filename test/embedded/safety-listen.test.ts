import { expect, it } from '@jest/globals'
import { createConnection } from 'node:net'
import { networkInterfaces } from 'node:os'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

const connects = (host: string) =>
  new Promise<string>(resolve => {
    const socket = createConnection({ port: world.engine.port, host, timeout: 2000 })
    const end = (how: string) => {
      socket.destroy()
      resolve(how)
    }
    socket.once('connect', () => end('connected'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'failed'))
    socket.once('timeout', () => end('no answer'))
  })

/** Every address of this machine but the one that the engine listens on, and another one of the loopback. */
const others = [
  ...Object.values(networkInterfaces())
    .flat()
    .flatMap(one => (one ? [one.scopeid ? `${one.address}%${one.scopeid}` : one.address] : [])),
  '127.0.0.2',
  '::1',
].filter(address => address !== '127.0.0.1')

it('the engine listens on 127.0.0.1 and on no other address of the machine', async () => {
  expect(await connects('127.0.0.1')).toBe('connected')
  for (const address of new Set(others))
    expect({ address, how: await connects(address) }).not.toEqual({ address, how: 'connected' })
})
