import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { BSON } from 'mongodb'
import { afterAll, beforeAll } from '@jest/globals'

const OP_MSG = 2013
const HEAD_BYTES = 16
const BODY_AT = 21

/** A server in front of the real one that cuts connections where a test wants it. */
export interface CuttingProxy {
  uri: string
  /** Cuts the connection at the next such command: before the server hears it, or before its reply is heard. */
  cut: (when: 'before' | 'after', command: string) => void
  /** How often such a command was sent. */
  heard: (command: string) => number
}

/** A proxy in front of `uri`, a `mongodb://` address, for the tests of one file. */
export function cuttingProxy(uri: () => string): CuttingProxy {
  const cuts = new Map<string, 'before' | 'after'>()
  const counts = new Map<string, number>()
  const sockets = new Set<Socket>()
  const proxy: CuttingProxy = {
    uri: '',
    cut: (when, command) => void cuts.set(command, when),
    heard: command => counts.get(command) ?? 0,
  }
  const decide = (name: string): 'before' | 'after' | undefined => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
    const when = cuts.get(name)
    cuts.delete(name)
    return when
  }
  const server = createServer(client => {
    const { host, port } = placeOf(uri())
    const upstream = connect(port, host)
    for (const socket of [client, upstream]) sockets.add(socket)
    join(client, upstream, decide)
  })
  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    proxy.uri = through(uri(), (server.address() as AddressInfo).port)
  })
  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise(closed => server.close(closed))
  })
  return proxy
}

/** Hands messages on in both directions until `decide` wants a cut. */
function join(
  client: Socket,
  upstream: Socket,
  decide: (name: string) => 'before' | 'after' | undefined,
): void {
  const unheard = new Set<number>()
  const end = (): void => {
    client.destroy()
    upstream.destroy()
  }
  for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
  eachMessage(client, message => {
    const when = decide(commandOf(message))
    if (when === 'before') return end()
    if (when === 'after') unheard.add(message.readInt32LE(4))
    upstream.write(message)
  })
  eachMessage(upstream, message => {
    if (unheard.has(message.readInt32LE(8))) end()
    else client.write(message)
  })
}

function eachMessage(socket: Socket, work: (message: Buffer) => void): void {
  let waiting = Buffer.alloc(0)
  socket.on('data', part => {
    waiting = Buffer.concat([waiting, part as Buffer])
    while (waiting.length >= HEAD_BYTES && waiting.length >= waiting.readInt32LE(0)) {
      const length = waiting.readInt32LE(0)
      work(waiting.subarray(0, length))
      waiting = waiting.subarray(length)
    }
  })
}

function commandOf(message: Buffer): string {
  if (message.readInt32LE(12) !== OP_MSG) return ''
  const body = message.subarray(BODY_AT, BODY_AT + message.readInt32LE(BODY_AT))
  return Object.keys(BSON.deserialize(body))[0] ?? ''
}

const ADDRESS = /^mongodb:\/\/([^@/]*@)?([^:/,]+)(?::(\d+))?[^/]*\/?([^?]*)\??(.*)$/

function placeOf(uri: string): { host: string; port: number } {
  const [, , host, port = '27017'] = ADDRESS.exec(uri) ?? []
  if (host === undefined) throw new Error('these tests need an address that begins with mongodb://')
  return { host, port: Number(port) }
}

/** The address of the proxy, with the name, the password and the settings of the real one. */
function through(uri: string, port: number): string {
  const [, person = '', , , database = '', settings = ''] = ADDRESS.exec(uri) ?? []
  const kept = new URLSearchParams(settings)
  kept.set('directConnection', 'true')
  return `mongodb://${person}127.0.0.1:${port}/${database}?${kept.toString()}`
}
