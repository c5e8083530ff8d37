import { expect, it } from '@jest/globals'
import { BSON } from 'mongodb'
import { engineInMemory, messageOf, sendRaw } from './support.ts'

const world = engineInMemory()
const ping = messageOf({ ping: 1, $db: 'test' })

/** The ping with four bytes changed. */
function changed(offset: number, value: number): Buffer {
  const copy = Buffer.from(ping)
  copy.writeInt32LE(value, offset)
  return copy
}

it.each([
  ['a length that is too small', changed(0, 5)],
  ['a length that is too large', changed(0, 2_000_000_000)],
  ['a negative length', changed(0, -1)],
  ['an unknown operation', changed(12, 2012)],
  ['flags that nobody knows', changed(16, 0xf0)],
  ['a document that ends outside', changed(21, 5000)],
  ['an unknown section', Buffer.concat([ping.subarray(0, 20), Buffer.from([7]), ping.subarray(21)])],
  ['text that is not UTF-8', messageOf({ ping: 1, $db: 'test', comment: 'QQQQ' })],
])('a message with %s closes its connection and no other', async (_what, bytes) => {
  const spoilt = Buffer.from(bytes)
  const text = spoilt.indexOf('QQQQ')
  if (text > 0) spoilt.fill(0xff, text, text + 4)
  expect(await sendRaw(world.engine.port, spoilt)).toBeUndefined()
  expect(await sendRaw(world.engine.port, ping)).toMatchObject({ ok: 1 })
})

it('documents nested too deep to handle are refused, and the engine lives on', async () => {
  let body = BSON.serialize({})
  for (let depth = 0; depth < 20_000; depth++) {
    const outer = Buffer.alloc(body.length + 8)
    outer.writeInt32LE(outer.length, 0)
    outer.set([3, 97, 0], 4)
    outer.set(body, 7)
    body = outer
  }
  const insert = BSON.serialize({ insert: 'deep', $db: 'test' })
  const documents = Buffer.concat([Buffer.from('documents\0'), body])
  const head = Buffer.alloc(21)
  const sectionHead = Buffer.alloc(5)
  sectionHead[0] = 1
  sectionHead.writeInt32LE(documents.length + 4, 1)
  head.writeInt32LE(21 + insert.length + 5 + documents.length, 0)
  head.writeInt32LE(2013, 12)
  await sendRaw(world.engine.port, Buffer.concat([head, insert, sectionHead, documents]))
  expect(await sendRaw(world.engine.port, ping)).toMatchObject({ ok: 1 })
  expect(await world.db.collection('deep').countDocuments()).toBe(0)
})

it('a message may come in pieces, and several may come at once', async () => {
  const twice = Buffer.concat([ping, ping])
  expect(await sendRaw(world.engine.port, twice)).toMatchObject({ ok: 1 })
})
