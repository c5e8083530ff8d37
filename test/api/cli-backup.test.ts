import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { findRunning } from '#server/embedded/lock'
import { clientOf } from '../support/client.ts'
import { aDataFolder, cli, startDatabaseProcess, startServer } from '../support/server-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'rizhi-backup-'))
let files = 0
const aFile = () => join(folder, `backup-${files++}.rz`)

async function signedIn(base: string, name: string) {
  const { token } = await clientOf(() => base).call('POST /sign-in', { body: { code: `demo:${name}` } })
  return clientOf(() => base, token)
}

test('a running server is backed up and put back, and goes on working', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const file = aFile()
  const server = startServer(env)
  const base = await server.started
  const early = await signedIn(base, '田早')
  const { paper } = await early.call('GET /today')
  const id = paper.questions[0]?.question.id ?? ''

  const backup = await cli(['backup', file], env)
  await early.call('POST /quiz/questions/:id/answer', {
    params: { id },
    body: { chosen: [], dontKnow: true },
  })
  const late = await signedIn(base, '田晚')
  const refused = await cli(['restore', file], env)
  const stillThere = (await early.call('GET /today')).paper.questions.map(({ state }) => state)
  const restored = await cli(['restore', file, '--replace'], env)

  expect(backup).toMatchObject({ code: 0, out: expect.stringContaining('个人信息') })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--replace') })
  expect(stillThere).toContain('missed')
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('重新登录') })
  expect((await early.call('GET /today')).paper.questions.map(({ state }) => state)).not.toContain('missed')
  await expect(late.call('GET /today')).rejects.toMatchObject({ status: 401 })
  const again = await signedIn(base, '田晚')
  await again.call('POST /quiz/questions/:id/answer', {
    params: { id: (await again.call('GET /today')).paper.questions[0]?.question.id ?? '' },
    body: { chosen: [], dontKnow: true },
  })
  expect(await cli(['audit', 'points'], env)).toMatchObject({ code: 0 })
  await expectEveryIndex(env.DATA_DIR)
  server.kill('SIGKILL')
  await server.ended

  const second = startServer(env)
  const next = await signedIn(await second.started, '田早')
  expect((await next.call('GET /today')).paper.questions.map(({ question }) => question.id)).toContain(id)
  second.kill('SIGTERM')
  await second.ended
})

/** Every index that the server's models want is there after the restore. */
async function expectEveryIndex(directory: string): Promise<void> {
  const client = await new MongoClient((await findRunning(directory))?.uri ?? '').connect()
  const indexes = await client.db('rizhi').collection('sessions').indexes()
  const reports = await client.db('rizhi').collection('questionreports').indexes()
  await client.close()
  expect(indexes.filter(({ expireAfterSeconds }) => expireAfterSeconds === 0)).toHaveLength(1)
  expect(reports.filter(({ partialFilterExpression }) => partialFilterExpression)).toHaveLength(1)
}

test('without a server the folder itself is read and filled', async () => {
  const from = { DATA_DIR: aDataFolder() }
  const to = { DATA_DIR: aDataFolder() }
  const file = aFile()
  const bank = join(folder, '村务.csv')
  writeFileSync(bank, '题目,选项A,选项B,答案\n村民会议由谁召集？,村民委员会,乡镇人民政府,A\n')
  await cli(['import', 'questions', bank], from)

  const backup = await cli(['backup', file], from)
  const restored = await cli(['restore', file], to)
  const again = await cli(['import', 'questions', bank], to)

  expect([backup.code, restored.code]).toEqual([0, 0])
  expect(again.out).toContain('收下 0 题，重复 1 题')
})

test('a database reached by MONGODB_URI is backed up and put back the same way', async () => {
  const database = startDatabaseProcess(['--memory', '--port', '0'])
  const uri = await database.started
  const file = aFile()
  const client = await new MongoClient(uri).connect()
  await client.db('rizhi').collection('docs').insertOne({ text: '日知' })

  const backup = await cli(['backup', file], { MONGODB_URI: uri })
  await client
    .db('rizhi')
    .collection('docs')
    .updateOne({}, { $set: { text: '错' } })
  const restored = await cli(['restore', file, '--replace'], { MONGODB_URI: uri })

  expect([backup.code, restored.code]).toEqual([0, 0])
  expect(await client.db('rizhi').collection('docs').findOne()).toMatchObject({ text: '日知' })
  await client.close()
  database.kill('SIGTERM')
  await database.ended
})

test('a file that is cut is refused with the place, and nothing is changed', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const file = aFile()
  const cut = aFile()
  const bank = join(folder, '党建.csv')
  writeFileSync(bank, '题目,选项A,选项B,答案\n党小组会一般每月召开几次？,一次,三次,A\n')
  await cli(['import', 'questions', bank], env)
  await cli(['backup', file], env)
  const bytes = readFileSync(file)
  writeFileSync(cut, bytes.subarray(0, bytes.length - 20))

  const { code, err } = await cli(['restore', cut, '--replace'], env)

  expect(code).toBe(2)
  expect(err).toMatch(/已损坏（在第 \d+ 字节处发现）/)
  expect((await cli(['import', 'questions', bank], env)).out).toContain('重复 1 题')
})

test.each([
  ['an empty database', ['backup', join(folder, 'empty.rz')], '数据库是空的'],
  ['a folder that is not there', ['backup', join(folder, 'none', 'x.rz')], '数据库是空的'],
  ['a backup that is not there', ['restore', join(folder, 'none.rz')], '找不到文件'],
  ['a missing name', ['backup'], '参数个数不对'],
  ['an option that does not exist', ['restore', 'x', '--force'], '选项不对'],
])('%s is told in a sentence', async (_, args, sentence) => {
  const { code, err } = await cli(args, { DATA_DIR: aDataFolder() })

  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(err).not.toContain('    at ')
})

test('an existing file is never written over; a folder that is not there is told', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const bank = join(folder, '法律.csv')
  writeFileSync(bank, '题目,选项A,选项B,答案\n宪法日是哪一天？,12 月 4 日,3 月 15 日,A\n')
  await cli(['import', 'questions', bank], env)
  const file = aFile()
  writeFileSync(file, 'precious')

  const { code, err } = await cli(['backup', file], env)
  const nowhere = await cli(['backup', join(folder, 'none', 'x.rz')], env)

  expect(code).toBe(2)
  expect(err).toContain('已经存在')
  expect(readFileSync(file, 'utf8')).toBe('precious')
  expect(existsSync(`${file}.part`)).toBe(false)
  expect(nowhere.err).toContain('不能写入')
})
