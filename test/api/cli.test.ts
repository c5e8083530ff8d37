import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { clientOf } from '../support/client.ts'
import { aDataFolder, cli, startServer } from '../support/server-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'rizhi-cli-'))
const file = join(folder, '村务.csv')
writeFileSync(
  file,
  [
    '题目,选项A,选项B,选项C,答案',
    '村民会议由谁召集？,村民委员会,乡镇人民政府,村民小组,A',
    '村务公开至少多久一次？,每月,每季度,每年,B',
    '谁来监督村务？,村务监督机构,乡镇政府,县政府,D',
  ].join('\n'),
)

test('a dry run writes nothing; an import writes once; a second one changes nothing', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const report = join(folder, 'report.json')

  const dry = await cli(['import', 'questions', file, '--dry-run'], env)
  const first = await cli(['import', 'questions', file, '--report', report], env)
  const second = await cli(['import', 'questions', file], env)

  expect(dry.out).toContain('收下 2 题，重复 0 题，未收 1 题')
  expect(first.out).toContain('收下 2 题，重复 0 题，未收 1 题')
  expect(second.out).toContain('收下 0 题，重复 2 题，未收 1 题')
  expect(first.out).toContain('谁来监督村务')
  expect([dry.code, first.code, second.code]).toEqual([0, 0, 0])
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ bank: '村务', accepted: 2, rejected: 1 })
})

test('the tool works beside a running server, through its engine', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const server = startServer(env)
  const base = await server.started
  const anyone = clientOf(() => base)
  const { token } = await anyone.call('POST /sign-in', { body: { code: 'demo:彭晓' } })

  const imported = await cli(['import', 'questions', file, '--bank', '村务题库'], env)
  const audited = await cli(['audit', 'points'], env)

  expect(imported.out).toContain('题库“村务题库”：收下 2 题')
  expect(audited).toMatchObject({ code: 0, out: expect.stringContaining('全部相符') })
  const { topics } = await clientOf(() => base, token).call('GET /topics')
  expect(topics.length).toBeGreaterThan(0)
  server.kill('SIGTERM')
  await server.ended
})

test('a correction marks again, pays the difference and says so in the chat', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const server = startServer(env)
  const base = await server.started
  const { token } = await clientOf(() => base).call('POST /sign-in', { body: { code: 'demo:向晓' } })
  const { call } = clientOf(() => base, token)
  const { paper } = await call('GET /today')
  const missed = await firstMissed(
    paper.questions.filter(({ question }) => question.type === 'single').map(({ question }) => question.id),
    id => call('POST /quiz/questions/:id/answer', { params: { id }, body: { chosen: ['D'] } }),
  )
  const before = await call('GET /points')

  const corrected = await cli(['correct', missed, '--key', 'D'], env)

  expect(corrected.out).toContain('重新判分 1 份，补发 1 分')
  expect((await call('GET /points')).total).toBe(before.total + 1)
  const { messages } = await call('GET /chat/messages', { query: {} })
  expect(messages.map(({ body }) => body.type)).toContain('notice')
  expect(await cli(['audit', 'points'], env)).toMatchObject({ code: 0 })
  server.kill('SIGTERM')
  await server.ended
})

async function firstMissed(
  ids: string[],
  answer: (id: string) => Promise<{ correct: boolean }>,
): Promise<string> {
  for (const id of ids) if (!(await answer(id)).correct) return id
  throw new Error('every answer D was right')
}

test('a retired question comes into no later paper, and publishing brings it back', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const server = startServer(env)
  const base = await server.started
  const todayOf = async (name: string) => {
    const { token } = await clientOf(() => base).call('POST /sign-in', { body: { code: `demo:${name}` } })
    const { paper } = await clientOf(() => base, token).call('GET /today')
    return paper.questions.map(({ question }) => question.id)
  }
  const [first = ''] = await todayOf('石一')

  await cli(['retire', first], env)
  expect(await todayOf('石二')).not.toContain(first)
  await cli(['publish', first], env)
  expect(await todayOf('石三')).toContain(first)
  server.kill('SIGTERM')
  await server.ended
})

test('the sample passes the lint', async () => {
  const { code, out } = await cli(['lint', 'content'], {})

  expect(out).toContain('必须改 0 处')
  expect(code).toBe(0)
})

test.each([
  ['an unknown command', ['import', 'everything'], '没有“import everything”这个命令'],
  ['a missing file', ['import', 'questions', 'nowhere.csv'], '找不到文件 nowhere.csv'],
  ['a folder in place of a file', ['import', 'questions', folder], `找不到文件 ${folder}`],
  ['a missing argument', ['import', 'questions'], '参数个数不对'],
  ['an unknown option', ['import', 'questions', file, '--force'], '选项不对'],
  ['a folder that is not there', ['lint', 'content', 'nowhere'], '找不到文件夹 nowhere'],
  ['a report that is not there', ['answer-report', 'a'.repeat(24), '谢谢'], '待答复反馈'],
  ['a question to retire that is not there', ['retire', 'a'.repeat(24)], '没有编号为'],
  ['a question that is not there', ['correct', 'a'.repeat(24), '--key', 'A'], '没有编号为'],
])('%s is told in a sentence', async (_, args, sentence) => {
  const { code, err } = await cli(args, { DATA_DIR: aDataFolder() })

  expect(err).toContain(sentence)
  expect(err).not.toContain('    at ')
  expect(code).toBe(2)
})

test('help tells every command', async () => {
  const { code, out } = await cli([], {})

  expect(code).toBe(0)
  for (const name of [
    'import questions',
    'import lessons',
    'lint content',
    'audit points',
    'reports',
    'correct',
  ]) {
    expect(out).toContain(name)
  }
})
