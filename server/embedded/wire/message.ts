import { decode } from '../value/decode.ts'
import { putField, type Doc } from '../value/document.ts'
import { encode } from '../value/encode.ts'
import { EncodedBatch } from './batch.ts'
import { crc32c } from './checksum.ts'

// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
const opReply = 1
const opQuery = 2004
const opMessage = 2013
const headerBytes = 16
const checksumPresent = 1
const moreToCome = 2

/** The largest message that a client may send. */
export const maxMessageBytes = 48_000_000
/** The smallest message that there is: its header. */
export const minMessageBytes = headerBytes

/** A command as it came over the wire. */
export interface Request {
  id: number
  command: Doc
  /** Whether it is the old greeting, which wants the old reply. */
  greeting: boolean
  /** Whether the client wants no reply. */
  silent: boolean
}

/** Reads a whole message; throws when it is malformed or not one that drivers send. */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4)
  const operation = message.readInt32LE(12)
  if (operation === opQuery) return { id, command: readQuery(message), greeting: true, silent: false }
  if (operation !== opMessage) throw new Error(`unknown operation ${operation}`)
  const flags = message.readUInt32LE(headerBytes)
  if (flags & 0xfffc) throw new Error('unknown required flags')
  const end = message.length - (flags & checksumPresent ? 4 : 0)
  if (flags & checksumPresent && message.readUInt32LE(end) !== crc32c(message.subarray(0, end)))
    throw new Error('a wrong checksum')
  return { id, command: readSections(message, end), greeting: false, silent: (flags & moreToCome) !== 0 }
}

function readQuery(message: Buffer): Doc {
  const name = headerBytes + 4
  const nameEnd = message.indexOf(0, name)
  if (nameEnd < 0) throw new Error('unterminated collection name')
  const command = decode(documentAt(message, nameEnd + 9, message.length))
  return { ...command, $db: message.toString('utf8', name, nameEnd).split('.')[0] }
}

function readSections(message: Buffer, end: number): Doc {
  let command: Doc | undefined
  const sequences: [name: string, documents: Doc[]][] = []
  for (let offset = headerBytes + 4; offset < end;) {
    const kind = message.readUInt8(offset++)
    const section = documentAt(message, offset, end)
    offset += section.length
    if (kind === 0 && !command) command = decode(section)
    else if (kind === 1) sequences.push(readSequence(section))
    else throw new Error(`unexpected section of kind ${kind}`)
  }
  if (!command) throw new Error('no command')
  for (const [name, documents] of sequences) putField(command, name, documents)
  return command
}

function readSequence(section: Buffer): [name: string, documents: Doc[]] {
  const nameEnd = section.indexOf(0, 4)
  if (nameEnd < 0) throw new Error('unterminated sequence name')
  const documents: Doc[] = []
  for (let offset = nameEnd + 1; offset < section.length;) {
    const document = documentAt(section, offset, section.length)
    documents.push(decode(document))
    offset += document.length
  }
  return [section.toString('utf8', 4, nameEnd), documents]
}

/** The bytes of what begins here with its own length. */
function documentAt(bytes: Buffer, offset: number, end: number): Buffer {
  const length = bytes.readInt32LE(offset)
  if (length < 5 || offset + length > end) throw new Error('a length points outside the message')
  return bytes.subarray(offset, offset + length)
}

/** The message that answers a request. */
export function writeReply({ id, greeting }: Request, reply: Doc): Buffer {
  const body = encodeReply(reply)
  const start = headerBytes + (greeting ? 20 : 5)
  const message = Buffer.alloc(start + body.length)
  message.writeInt32LE(message.length, 0)
  message.writeInt32LE(id, 8)
  message.writeInt32LE(greeting ? opReply : opMessage, 12)
  if (greeting) message.writeInt32LE(1, 32)
  message.set(body, start)
  return message
}

/** Documents of a cursor's batch are already encoded, so that reply is put together by hand. */
function encodeReply(reply: Doc): Uint8Array {
  const batch: unknown = reply.cursor?.firstBatch ?? reply.cursor?.nextBatch
  return batch instanceof EncodedBatch ? batch.reply(reply) : encode(reply)
}
