import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { BSON, type Document } from 'mongodb'

/** What happens to a command on its way: nothing, the line breaks before it arrives, or before its answer does. */
export type Fate = 'passes' | 'is lost' | 'loses its answer'

/** A line between a driver and the engine that can break at the worst moment. */
export interface CuttingProxy {
  uri: string
  /** How often it has broken. */
  cuts: number
  close(): Promise<void>
}

/** Splits a stream into wire messages. */
function messages(each: (message: Buffer) => void): (chunk: Buffer) => void {
  let received = Buffer.alloc(0)
  return chunk => {
    received = Buffer.concat([received, chunk])
    while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
      const length = received.readInt32LE(0)
      each(received.subarray(0, length))
      received = received.subarray(length)
    }
  }
}

const opMessage = 2013

/** The first section of a message; the old greeting has none. */
const commandOf = (message: Buffer): Document =>
  message.readInt32LE(12) === opMessage
    ? BSON.deserialize(message.subarray(21, 21 + message.readInt32LE(21)))
    : {}

/** Starts a line to an engine; `decide` is asked about every command. */
export async function startProxy(port: number, decide: (command: Document) => Fate): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  const proxy: CuttingProxy = { uri: '', cuts: 0, close }
  const server = createServer(near => {
    const far = createConnection({ port, host: '127.0.0.1' })
    let loses = false
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    const onCommand = (message: Buffer) => {
      const fate = decide(commandOf(message))
      if (fate !== 'passes') proxy.cuts++
      if (fate === 'is lost') return cut()
      loses ||= fate === 'loses its answer'
      far.write(message)
    }
    near.on('data', messages(onCommand))
    far.on(
      'data',
      messages(message => (loses ? cut() : near.write(message))),
    )
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', cut).on('close', cut)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  proxy.uri = `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true`
  return proxy

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
}
