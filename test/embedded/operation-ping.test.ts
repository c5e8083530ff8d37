import { createServer, createConnection, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connect, disconnect, figures, ping } from '../../server/base/database.ts'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
const sockets = new Set<Socket>()
/** Hands everything on to the engine, until it is told to hold it back. */
const proxy = createServer(client => {
  const engine = createConnection({ port: world.engine.port, host: '127.0.0.1' })
  for (const [from, to] of [
    [client, engine],
    [engine, client],
  ] as const) {
    sockets.add(from)
    from.on('error', () => to.destroy())
    from.pipe(to)
  }
})

beforeAll(async () => {
  await new Promise<void>(listening => proxy.listen(0, '127.0.0.1', listening))
  const { port } = proxy.address() as AddressInfo
  await connect(`mongodb://127.0.0.1:${port}/operation?directConnection=true`)
})
afterAll(async () => {
  await disconnect()
  for (const socket of sockets) socket.destroy()
  proxy.close()
})

test('the size of the database is known, and a database that hangs is noticed within seconds', async () => {
  await world.client.db('operation').collection('docs').insertMany([{}, {}])
  expect(await figures()).toMatchObject({ documents: 2, memoryBytes: expect.any(Number) })
  await ping()

  for (const socket of sockets) socket.unpipe()
  const began = Date.now()
  expect((await failureOf(ping())).message).toContain('does not answer')
  expect((await failureOf(figures())).message).toContain('does not answer')
  expect(Date.now() - began).toBeLessThan(10_000)
})
