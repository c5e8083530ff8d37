/** @jest-environment jsdom */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { BUILD_MS, builtFront } from '../support/front.ts'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { aDataFolder, type ServerProcess, startServer } from '../support/server-process.ts'
import { startPhone, type OpenPage, type Phone } from './host.ts'

/** Slow enough to see an answer grow. */
const PACE_MS = 150
const QUESTION = '出租村民小组的荒山要经过谁同意？'
const HOW_TO = '群众来信怎么办理，多久办结？'

let model: ModelServer
let server: ServerProcess
let phone: Phone

beforeAll(async () => {
  const folder = await builtFront('weapp')
  model = await startModelServer({ paceMs: PACE_MS })
  const settings = { MODEL_BASE_URL: model.base, MODEL_KEY: model.key, MODEL_NAME: 'demo' }
  server = startServer({ DATA_DIR: aDataFolder(), DEMO: '1', ...settings })
  phone = startPhone(folder, await server.started, 'demo:彭支书')
}, BUILD_MS)

afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
  await model.stop()
})

beforeEach(() => model.behave({}))

async function opened(route: string, query: Record<string, string>, see: string): Promise<OpenPage> {
  const page = await phone.open(route, query)
  await page.until(see)
  return page
}

async function asked(question: string): Promise<OpenPage> {
  const page = await opened('pages/today/index', {}, '发送')
  await page.fill('.composer-field', question)
  await page.tap('.composer-send')
  return page
}

/** What the last route opened carries as its id. */
const idAsked = (): string => /id=(\w+)/.exec(phone.routes[phone.routes.length - 1] ?? '')?.[1] ?? ''

describe('a policy question in the built mini-program', () => {
  test('no evidence: the card says so and bears no label', async () => {
    const page = await asked('宇宙飞船能不能停在屋顶？')
    await page.until(() => page.count('.answer.is-refused') === 1)
    expect(page.count('.answer.is-refused .tag')).toBe(0)
    page.close()
  })

  test('the answer grows while it is written, then stands with its label and its clauses', async () => {
    const page = await asked(QUESTION)
    await page.until(() => page.count('.writing-bar') === 1)
    expect(page.count('.cited')).toBe(0)
    await page.until(() => page.count('.answer-line') > 0)
    expect(page.count('.writing-bar')).toBe(1)

    await page.until(() => page.count('.answer-foot') === 1)
    expect(page.count('.writing-bar')).toBe(0)
    expect(page.text()).toContain('标有“AI生成”的内容由AI生成，仅供参考')
    expect(page.text()).toContain('示例县农村集体资源出租管理办法')
    expect(page.count('.cited-text')).toBe(0)
    page.close()
  })

  test('opened again: the answer is kept as it was finished, also without network', async () => {
    phone.offline = true
    const page = await opened('pages/today/index', {}, '政策问答')
    expect(page.count('.answer-foot')).toBe(1)
    expect(page.count('.writing-bar')).toBe(0)
    phone.offline = false
    page.close()
  })

  test('a number in the text opens the words of its clause, its name opens the clause page', async () => {
    const page = await opened('pages/today/index', {}, '政策问答')
    await page.tap('.cite')
    await page.until(() => page.count('.cited-text') === 1)
    await page.tap('.cited-name')
    expect(phone.routes[phone.routes.length - 1]).toContain('clause/index?id=')
    page.close()

    const clause = await opened('pages/clause/index', { id: idAsked() }, '示例县农村集体资源出租管理办法')
    expect(clause.count('.article.is-here')).toBe(1)
    expect(clause.count('.article')).toBeGreaterThan(1)
    expect(clause.text()).toMatch(/状态未核实|现行有效/)
    expect(clause.text()).toContain('收录')
    await clause.tap('.page-foot .btn-line')
    expect(phone.copied[phone.copied.length - 1]).toMatch(
      /——《示例县农村集体资源出租管理办法（示例）》第.+条（/,
    )
    clause.close()
  })

  test('复制 takes the clauses along, and the line that a model’s words must bear', async () => {
    const page = await opened('pages/today/index', {}, '政策问答')
    await page.tap('.answer-ways .btn-text', 2)
    await page.until('已复制')
    const copy = phone.copied[phone.copied.length - 1] ?? ''
    expect(copy).toContain('依据：\n[1] 《')
    expect(copy).toContain('由AI生成')
    page.close()
  })

  test('没用 asks why and tells the server, which knows it on the page of the question', async () => {
    const page = await opened('pages/today/index', {}, '政策问答')
    await page.tap('.answer-ways .btn-text', 1)
    await page.until('答非所问')
    await page.tap('.report .choice', 1)
    await page.fill('.report .field', '条文换了新的')
    await page.tap('.report .btn-line')
    await page.until('已记下')
    page.close()

    const list = await opened('pages/questions/index', {}, QUESTION)
    await list.tap('.asked')
    list.close()
    const one = await opened('pages/answer/index', { id: idAsked() }, '✓ 没用')
    expect(one.text()).toContain(QUESTION)
    one.close()
  })

  test('停止 ends the writing and what is there stays', async () => {
    model.behave({ fault: 'stall' })
    const page = await asked('租给外村的人要不要报乡镇批准？')
    const feet = page.count('.answer-foot')
    await page.until(() => page.count('.writing-bar') === 1)
    await page.tap('.writing-bar .btn-text')
    await page.until(() => page.count('.writing-bar') === 0)
    expect(page.count('.answer-foot')).toBe(feet + 1)
    page.close()
  })

  test('a how-to question opens as a checklist, each step with its clause', async () => {
    const page = await asked(HOW_TO)
    await page.until(() => page.count('.answer-steps') > 0)
    await page.tap('.answer-steps')
    page.close()

    const list = await opened('pages/checklist/index', { id: idAsked() }, '从哪天开始算')
    await list.until(() => list.count('.todo') > 0)
    expect(list.count('.todo .source-line')).toBe(list.count('.todo'))
    expect(list.text()).toContain('期限：')
    list.close()
  })
})
