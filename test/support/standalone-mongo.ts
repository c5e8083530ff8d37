import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { deserialize, type Document, serialize } from 'bson'

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013

/** A MongoDB server that stands alone: it says hello without the name of a replica set, and nothing else. */
export async function startStandaloneMongo(): Promise<{ uri: string; stop: () => void }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    let waiting = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', part => {
      waiting = Buffer.concat([waiting, part])
      while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
        const length = waiting.readInt32LE(0)
        socket.write(answer(waiting.subarray(0, length)))
        waiting = waiting.subarray(length)
      }
    })
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    uri: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function answer(message: Buffer): Buffer {
  const id = message.readInt32LE(4)
  const document = serialize(replyTo(message))
  if (message.readInt32LE(12) === OP_QUERY) {
    const head = Buffer.alloc(20)
    head.writeInt32LE(1, 16)
    return framed(OP_REPLY, id, Buffer.concat([head, document]))
  }
  return framed(OP_MSG, id, Buffer.concat([Buffer.alloc(5), document]))
}

function replyTo(message: Buffer): Document {
  if (message.readInt32LE(12) === OP_QUERY) return hello
  const command = deserialize(message.subarray(21))
  return 'hello' in command || 'ismaster' in command ? hello : { ok: 1 }
}

const hello = {
  ok: 1,
  isWritablePrimary: true,
  ismaster: true,
  helloOk: true,
  minWireVersion: 0,
  maxWireVersion: 25,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
}

function framed(code: number, answers: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.writeInt32LE(16 + body.length, 0)
  head.writeInt32LE(answers, 8)
  head.writeInt32LE(code, 12)
  return Buffer.concat([head, body])
}
