import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { BSON, type Document } from 'mongodb'

/** What happens to a command on its way: nothing, the line breaks before it arrives, or before its answer does. */
export type Fate = 'passes' | 'is lost' | 'loses its answer'

/** A line between a driver and a server that can break at the worst moment. */
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

const address = /^mongodb:\/\/([^@/]*@)?([^:/,]+)(?::(\d+))?[^/]*\/?([^?]*)\??(.*)$/

/** The parts of a `mongodb://` address; throws when it is none. */
function partsOf(uri: string) {
  const [, person = '', host, port = '27017', database = '', settings = ''] = address.exec(uri) ?? []
  if (host === undefined) throw new Error('a line needs an address that begins with mongodb://')
  return { person, host, port: Number(port), database, settings }
}

/** Starts a line to a `mongodb://` address; `decide` is asked about every command. */
export async function startProxy(uri: string, decide: (command: Document) => Fate): Promise<CuttingProxy> {
  const { person, host, port, database, settings } = partsOf(uri)
  const sockets = new Set<Socket>()
  const proxy: CuttingProxy = { uri: '', cuts: 0, close }
  const server = createServer(near => {
    const far = createConnection({ port, host })
    const unheard = new Set<number>()
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    const onCommand = (message: Buffer) => {
      const fate = decide(commandOf(message))
      if (fate !== 'passes') proxy.cuts++
      if (fate === 'is lost') return cut()
      if (fate === 'loses its answer') unheard.add(message.readInt32LE(4))
      far.write(message)
    }
    near.on('data', messages(onCommand))
    far.on(
      'data',
      messages(message => (unheard.has(message.readInt32LE(8)) ? cut() : near.write(message))),
    )
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', cut).on('close', cut)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const kept = new URLSearchParams(settings)
  kept.set('directConnection', 'true')
  const here = (server.address() as AddressInfo).port
  proxy.uri = `mongodb://${person}127.0.0.1:${here}/${database}?${kept.toString()}`
  return proxy

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
}
