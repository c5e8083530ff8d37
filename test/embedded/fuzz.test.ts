import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createConnection } from 'node:net'
import { engineInMemory, messageOf, sendRaw } from './support.ts'

const world = engineInMemory()
const ping = messageOf({ ping: 1, $db: 'test' })

/** Sends bytes, says that there are no more and waits until the engine closes or answers, or a moment has passed. */
const send = (bytes: Uint8Array) =>
  new Promise<void>(resolve => {
    const socket = createConnection({ port: world.engine.port, host: '127.0.0.1' }, () => socket.write(bytes))
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve()
    }
    const timer = setTimeout(end, 20)
    socket.once('data', end).once('error', end).once('close', end)
  })

const commands = [
  { insert: 'fuzz', documents: [{ _id: 'x', a: [1, { b: 2 }], s: 'text' }], $db: 'test' },
  { find: 'fuzz', filter: { a: { $gt: 1 } }, sort: { a: 1 }, projection: { s: 1 }, $db: 'test' },
  { update: 'fuzz', updates: [{ q: {}, u: { $set: { 'a.0': 1 } }, upsert: true }], $db: 'test' },
  { aggregate: 'fuzz', pipeline: [{ $group: { _id: '$s', n: { $sum: 1 } } }], cursor: {}, $db: 'test' },
  { createIndexes: 'fuzz', indexes: [{ key: { a: 1 }, name: 'a_1' }], $db: 'test' },
  { delete: 'fuzz', deletes: [{ q: { a: 1 }, limit: 1 }], $db: 'test' },
  { findAndModify: 'fuzz', query: {}, update: { $inc: { n: 1 } }, $db: 'test' },
].map(messageOf)

const edits = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), {
  minLength: 1,
  maxLength: 6,
})

/** A command with some bytes changed, cut or lengthened, or bytes of no meaning. */
const frame = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...commands), edits)
      .map(([bytes, changes]) => edited(bytes, changes)),
  },
  fc.tuple(fc.constantFrom(...commands), fc.nat(300)).map(([bytes, end]) => bytes.subarray(0, end)),
  fc.uint8Array({ maxLength: 200 }),
  fc.tuple(fc.integer(), fc.constantFrom(0, 1, 2, 3, 1 << 16, -1)).map(([length, flags]) => {
    const bytes = Buffer.from(ping)
    bytes.writeInt32LE(length, 0)
    bytes.writeInt32LE(flags, 16)
    return bytes
  }),
)

function edited(bytes: Buffer, changes: [number, number][]): Buffer {
  const copy = Buffer.from(bytes)
  for (const [at, value] of changes) copy[16 + (at % (copy.length - 16))] = value
  return copy
}

it('whatever bytes arrive, the engine closes that connection at most', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 20, maxLength: 20 }), async frames => {
      await Promise.all(frames.map(send))
      expect(await sendRaw(world.engine.port, ping)).toMatchObject({ ok: 1 })
    }),
    { numRuns: Number(process.env.EMBEDDED_RUNS ?? 30) },
  )
})

it('a client that sends drop by drop, or declares much and sends little, holds up nobody', async () => {
  const slow = createConnection({ port: world.engine.port, host: '127.0.0.1' })
  for (const byte of ping.subarray(0, -1)) slow.write(Buffer.from([byte]))
  const declared = Buffer.alloc(16)
  declared.writeInt32LE(48_000_000, 0)
  const greedy = Array.from({ length: 200 }, () => {
    const socket = createConnection({ port: world.engine.port, host: '127.0.0.1' })
    socket.write(declared)
    return socket
  })
  expect(await sendRaw(world.engine.port, ping)).toMatchObject({ ok: 1 })
  const answered = new Promise(resolve => slow.once('data', resolve))
  slow.write(ping.subarray(-1))
  await answered
  for (const socket of [slow, ...greedy]) socket.destroy()
})
