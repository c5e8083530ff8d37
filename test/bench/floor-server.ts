import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ClientSession, type Db, MongoClient } from 'mongodb'
import { type Answer, nameOf, type Recorded, recording } from './recording.ts'

/**
 * The floor: bare node:http and the mongodb driver. Each request parses its body, issues exactly the commands that
 * the real server issued for the same answer, in the same waves and the same transaction, and sends the same reply.
 * `methods` issues them as one writes them with the driver (find, insertOne, updateOne); `raw` hands each command
 * as it was recorded to `db.command`, which knows no cursors and no results: the leanest the driver can do.
 */
async function run(uri: string, dbName: string, file: string, issue: Issue): Promise<void> {
  const answers = recording(file)
  const client = await new MongoClient(uri).connect()
  const db = client.db(dbName)
  const server = createServer((request, response) => {
    void bodyOf(request).then(async () => {
      const answer = answers.get(`${request.headers.authorization} ${request.url}`)
      if (!answer) {
        response.writeHead(404).end()
        return
      }
      try {
        await replay(client, db, answer, issue)
        response.writeHead(200, { 'content-type': 'application/json' }).end(answer.reply)
      } catch (error) {
        process.stderr.write(`${String(error)}\n`)
        response.writeHead(500).end()
      }
    })
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
  process.once('disconnect', () => {
    server.close()
    server.closeAllConnections()
    void client.close()
  })
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return JSON.parse(Buffer.concat(parts).toString())
}

async function replay(client: MongoClient, db: Db, { waves }: Answer, issue: Issue): Promise<void> {
  let session: ClientSession | undefined
  for (const wave of waves) {
    if (wave.some(({ inTransaction }) => inTransaction) && !session) {
      session = client.startSession()
      session.startTransaction()
    }
    const end = wave.find(({ command }) => nameOf(command) === 'commitTransaction')
    if (end && session) {
      await session.commitTransaction()
      await session.endSession()
      session = undefined
    } else {
      await Promise.all(wave.map(one => issue(db, one, session)))
    }
  }
}

type Issue = (db: Db, recorded: Recorded, session: ClientSession | undefined) => Promise<unknown>

const raw: Issue = (db, { command, inTransaction }, session) =>
  db.command(command, inTransaction && session ? { session } : {})

const methods: Issue = (db, { command, inTransaction }, session) => {
  const options = inTransaction && session ? { session } : {}
  const [[name = '', target] = []] = Object.entries(command)
  const collection = db.collection(String(target))
  if (name === 'find') {
    const { filter, projection, limit, sort } = command
    return limit === 1
      ? collection.findOne(filter, { projection, sort, ...options })
      : collection.find(filter, { projection, sort, limit, ...options }).toArray()
  }
  if (name === 'insert') return collection.insertOne(command.documents[0], options)
  if (name === 'update') {
    const [{ q, u, upsert }] = command.updates
    return collection.updateOne(q, u, { upsert, ...options })
  }
  throw new Error(`the floor does not know ${name}`)
}

const [, , uri = '', dbName = '', file = '', how = ''] = process.argv
void run(uri, dbName, file, how === 'raw' ? raw : methods)
