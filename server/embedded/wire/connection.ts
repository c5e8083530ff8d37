import type { Socket } from 'node:net'
import type { Doc } from '../value/document.ts'
import { maxMessageBytes, minMessageBytes, readRequest, writeReply } from './message.ts'

/** Answers a command; never throws. */
export type Answer = (command: Doc) => Promise<Doc>

/** What all clients together may have sent of messages that are not whole yet. */
const sharedLimit = 512 * 1024 * 1024
let shared = 0

/** Unread bytes beyond which a client that does not wait for its answers is made to wait. */
const highWater = 2 * maxMessageBytes

/**
 * Serves one client: its messages one after another, as drivers send them. A message that cannot be read closes this
 * connection and nothing else, as does one more byte when all clients hold back too much.
 */
export function serve(socket: Socket, answer: Answer): void {
  let chunks: Buffer[] = []
  let size = 0
  let needed = 4
  let busy = false

  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => hold(0))
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    hold(size + chunk.length)
    if (shared > sharedLimit) return void socket.destroy()
    if (size > highWater) socket.pause()
    if (!busy) void work()
  })

  /** Takes whole messages from what has arrived, until there is none. */
  async function work(): Promise<void> {
    busy = true
    try {
      for (let message = next(); message; message = next()) {
        const request = readRequest(message)
        const reply = await answer(request.command)
        if (request.silent || socket.destroyed) continue
        if (!socket.write(writeReply(request, reply))) await drained()
      }
    } catch {
      socket.destroy()
    }
    busy = false
    if (socket.isPaused() && size <= highWater) socket.resume()
  }

  function next(): Buffer | undefined {
    if (size < needed) return undefined
    const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
    needed = bytes.readInt32LE(0)
    if (needed < minMessageBytes || needed > maxMessageBytes) throw new Error('a length that no message has')
    chunks = [bytes]
    if (size < needed) return undefined
    const message = bytes.subarray(0, needed)
    const rest = bytes.subarray(needed)
    chunks = rest.length ? [rest] : []
    hold(rest.length)
    needed = 4
    return message
  }

  /** Notes how many bytes of this client are unread. */
  function hold(bytes: number): void {
    shared += bytes - size
    size = bytes
  }

  const drained = () =>
    new Promise<void>(resolve => {
      socket.once('drain', resolve)
      socket.once('close', resolve)
    })
}
