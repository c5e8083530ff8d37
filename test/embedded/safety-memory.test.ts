import { expect, it } from '@jest/globals'
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { startProcess, type EngineProcess } from './engine-process.ts'
import { scaled, tell } from './scale.ts'
import { messageOf, sendRaw } from './support.ts'

const declared = 48_000_000
/** What half-sent messages may cost in all, whatever they declare: their own bytes several times over, and this. */
const bound = 150_000_000

const ping = messageOf({ ping: 1, $db: 'test' })

async function memoryOf(engine: EngineProcess): Promise<number> {
  const status = await sendRaw(engine.port, messageOf({ serverStatus: 1, $db: 'admin' }))
  return (status?.mem as { resident: number }).resident * 1024 * 1024
}

/** A client that declares the largest message that there is. */
async function greedy(port: number): Promise<Socket> {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const head = Buffer.alloc(16)
  head.writeInt32LE(declared, 0)
  head.writeInt32LE(2013, 12)
  socket.write(head)
  return socket
}

it('clients that declare 48 MB and send drop by drop cost little memory, and hold up nobody', async () => {
  const engine = await startProcess({ directory: null })
  const before = await memoryOf(engine)
  const sockets = await Promise.all(Array.from({ length: scaled(50, 400) }, () => greedy(engine.port)))
  const [turns, drop] = [scaled(20, 100), Buffer.alloc(100)]
  let most = 0
  for (let turn = 0; turn < turns; turn++) {
    await Promise.all(sockets.map(socket => new Promise(resolve => socket.write(drop, resolve))))
    expect(await sendRaw(engine.port, ping)).toMatchObject({ ok: 1 })
    most = Math.max(most, await memoryOf(engine))
  }
  expect(sockets.length * declared).toBeGreaterThan(10 * bound)
  expect(most - before).toBeLessThan(bound)
  const megabytes = Math.round((most - before) / 1e6)
  tell(`${sockets.length} clients declared 48 MB each and sent ${turns} drops: ${megabytes} MB more`)
  for (const socket of sockets) socket.destroy()
  await engine.kill()
})

it('a message that comes byte by byte is answered like any other', async () => {
  const engine = await startProcess({ directory: null })
  const socket = createConnection({ port: engine.port, host: '127.0.0.1', noDelay: true })
  for (const byte of ping) await new Promise(resolve => socket.write(Buffer.from([byte]), resolve))
  const [reply] = (await once(socket, 'data')) as [Buffer]
  expect(reply.readInt32LE(12)).toBe(2013)
  socket.destroy()
  await engine.kill()
})

it('a client that sends much and reads nothing is made to wait, and costs little memory', async () => {
  const engine = await startProcess({ directory: null })
  const docs = engine.client().db('test').collection('large')
  await docs.insertOne({ pad: 'x'.repeat(1_000_000) })
  const before = await memoryOf(engine)
  const find = messageOf({ find: 'large', filter: {}, $db: 'test' })
  const deaf = Array.from({ length: scaled(5, 20) }, () => {
    const socket = createConnection({ port: engine.port, host: '127.0.0.1' })
    socket.pause()
    for (let i = 0; i < 200; i++) socket.write(find)
    return socket
  })
  let most = 0
  for (let turn = 0; turn < 50; turn++) most = Math.max(most, await memoryOf(engine))
  expect(most - before).toBeLessThan(bound)
  for (const socket of deaf) socket.destroy()
  await engine.kill()
})
