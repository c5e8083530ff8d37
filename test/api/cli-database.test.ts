import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { serialize } from 'bson'
import { MongoClient } from 'mongodb'
import { frameOf } from '#server/embedded/log/frame'
import { aDataFolder, cli, startDatabaseProcess, startServer } from '../support/server-process.ts'

/** Runs a piece of work on the database of a process. */
async function on<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await new MongoClient(uri).connect()
  return work(client).finally(() => client.close())
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the engine runs by itself, %s stops it cleanly, and its data are there the next time',
  async signal => {
    const args = ['--data', aDataFolder(), '--port', '0']
    const first = startDatabaseProcess(args)
    await on(await first.started, client => client.db('any').collection('docs').insertOne({ text: '日知' }))
    first.kill(signal)
    const ended = await first.ended

    const second = startDatabaseProcess(args)
    const found = await on(await second.started, client => client.db('any').collection('docs').findOne())
    second.kill(signal)
    await second.ended

    expect(found).toMatchObject({ text: '日知' })
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out.split('\n')).toHaveLength(3)
  },
)

test('in memory it needs no folder, and listens where it is told', async () => {
  const port = await freePort()
  const database = startDatabaseProcess(['--memory', '--port', String(port), '--fsync', 'interval'])

  expect(await database.started).toBe(`mongodb://127.0.0.1:${port}/?directConnection=true`)

  database.kill('SIGTERM')
  expect(await database.ended).toMatchObject({ code: 0 })
})

test.each([
  [[], '--data'],
  [['--data', 'x', '--memory'], '只能选一个'],
  [['--memory', '--port', 'many'], '--port 应为'],
  [['--memory', '--port', '70000'], '--port 应为'],
  [['--memory', '--fsync', 'never'], '--fsync 应为'],
  [['--memory', '--force'], '选项不对'],
  [['--memory', 'word'], '选项不对'],
])('%j is refused in a sentence', async (args, sentence) => {
  const { code, out, err } = await startDatabaseProcess(args).ended

  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(err).not.toContain('    at ')
  expect(out).toBe('')
})

test('--help tells every option', async () => {
  const { code, out } = await startDatabaseProcess(['--help']).ended

  expect(code).toBe(0)
  for (const option of ['--data', '--memory', '--port', '--fsync', '--repair']) expect(out).toContain(option)
})

describe('what is in the way is told in a sentence, with code 1', () => {
  const refusal = async (args: string[], { port = 0, uid }: { port?: number; uid?: number } = {}) => {
    const { code, err, out } = await startDatabaseProcess([...args, '--port', String(port)], uid).ended
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).not.toContain('    at ')
    return err
  }

  test('a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>(listening => other.listen(0, '127.0.0.1', listening))
    const { port } = other.address() as AddressInfo

    expect(await refusal(['--memory'], { port })).toContain(`端口 ${port} 已被占用`)
    other.close()
  })

  test('a folder that a server uses; and the other way round', async () => {
    const folder = aDataFolder()
    const server = startServer({ DATA_DIR: folder })
    await server.started
    expect(await refusal(['--data', folder])).toContain('正被另一个')
    server.kill('SIGTERM')
    await server.ended

    const database = startDatabaseProcess(['--data', folder, '--port', '0'])
    await database.started
    const { code, err } = await startServer({ DATA_DIR: folder }).ended
    expect(code).toBe(1)
    expect(err).toContain('正被另一个')
    expect(await cli(['audit', 'points'], { DATA_DIR: folder })).toMatchObject({ code: 0 })
    database.kill('SIGTERM')
    await database.ended
  })

  test('a folder that cannot be used', async () => {
    expect(await refusal(['--data', '/proc/none/rizhi'])).toContain('不能使用文件夹')
  })

  test('a data file that is damaged, with the way out', async () => {
    const folder = aDataFolder()
    writeFileSync(join(folder, 'log-0'), 'not a log, but text of some length')

    expect(await refusal(['--data', folder])).toContain('--repair')

    const repaired = startDatabaseProcess(['--data', folder, '--port', '0', '--repair'])
    await repaired.started
    repaired.kill('SIGTERM')
    expect(await repaired.ended).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, 'log-0.damaged'), 'utf8')).toContain('not a log')
  })

  test('a folder of another version: of the command, the server and the tool', async () => {
    const folder = aDataFolder()
    writeFileSync(join(folder, 'log-0'), frameOf([serialize({ format: 999 })], true))

    expect(await refusal(['--data', folder])).toContain('另一个版本')

    const server = await startServer({ DATA_DIR: folder }).ended
    const tool = await cli(['audit', 'points'], { DATA_DIR: folder })
    for (const { err } of [server, tool]) {
      expect(err).toContain('另一个版本')
      expect(err).not.toContain('    at ')
    }
    expect([server.code, tool.code]).toEqual([1, 2])
  })

  const root = process.getuid?.() === 0
  const nobody = 65_534
  const asNobody = root ? test : test.skip
  asNobody('a folder that one may not write to, and a file that one may not read', async () => {
    const folder = aDataFolder()
    chmodSync(folder, 0o755)
    expect(await refusal(['--data', folder], { uid: nobody })).toContain('不能使用文件夹')

    const open = join(aDataFolder(), 'open')
    chmodSync(join(open, '..'), 0o755)
    mkdirSync(open)
    chmodSync(open, 0o777)
    writeFileSync(join(open, 'log-0'), 'x', { mode: 0o600 })
    expect(await refusal(['--data', open], { uid: nobody })).toContain('没有权限')
  })
})

test('a process that was killed holds no folder; of many that start at once, one gets it', async () => {
  const folder = aDataFolder()
  const args = ['--data', folder, '--port', '0']
  const killed = startDatabaseProcess(args)
  await killed.started
  killed.kill('SIGKILL')
  await killed.ended

  const many = Array.from({ length: 6 }, () => startDatabaseProcess(args))
  const started = await Promise.allSettled(many.map(({ started }) => started))
  for (const one of many) one.kill('SIGTERM')
  const codes = await Promise.all(many.map(async ({ ended }) => (await ended).code))

  expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(codes.toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 1, 1, 1, 1, 1])
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(listening => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise(closed => probe.close(closed))
  return port
}
