import { beforeAll, expect, it } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbedded } from '../../server/embedded/start.ts'
import { compiled, failureOf, temporaryFolder } from './support.ts'

let workerFile: string
beforeAll(() => {
  workerFile = compiled('server/embedded/worker.ts')
})

it('a database in a worker thread keeps what it was given when it is stopped and started again', async () => {
  const options = { directory: temporaryFolder(), port: 0, fsync: 'interval' as const, workerFile }
  const first = await startEmbedded(options)
  const client = await new MongoClient(first.uri).connect()
  await client.db('test').collection('docs').insertOne({ text: '日知' })
  await client.close()
  await first.stop()
  const second = await startEmbedded(options)
  const again = await new MongoClient(second.uri).connect()
  expect(await again.db('test').collection('docs').findOne()).toMatchObject({ text: '日知' })
  await again.close()
  await second.stop()
})

it('what keeps it from starting comes as an error: a locked folder, a damaged file', async () => {
  const directory = temporaryFolder()
  const options = { directory, port: 0, fsync: 'always' as const, workerFile }
  const running = await startEmbedded(options)
  expect(await failureOf(startEmbedded(options))).toMatchObject({ code: 'EMBEDDED_LOCKED' })
  await running.stop()
  writeFileSync(join(directory, 'log-0'), 'not a log, but text of some length')
  expect(await failureOf(startEmbedded(options))).toMatchObject({
    code: 'EMBEDDED_DAMAGED',
    file: join(directory, 'log-0'),
    offset: 0,
  })
})
