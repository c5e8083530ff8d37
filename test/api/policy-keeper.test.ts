import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { createEmbedder } from '#server/clients/embedding'
import { createReranker } from '#server/clients/rerank'
import { findEvidence } from '#server/policy/finding-service'
import { keepIndex } from '#server/policy/keeper-service'
import { PolicyVector } from '#server/policy/model'
import { findFiles, importPolicyFiles, importStatusTable } from '#server/policy/service'
import { startApp } from '../support/app.ts'
import { bodies, say } from '../support/chat.ts'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { samplePolicies } from '../support/policies.ts'

const app = startApp({ at: '2026-11-28T09:00:00+08:00' })
const folder = mkdtempSync(join(tmpdir(), 'rizhi-keeper-'))
const log = createLog('silent')
let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
  await samplePolicies(app.now)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const NAME = '示例县红白喜事简办规定（示例）'
const written = (name: string, text: string): string => {
  const source = join(folder, name.replace(/\.\w+$/, ''))
  mkdirSync(source, { recursive: true })
  writeFileSync(join(source, name), text)
  return source
}
const take = async (source: string) => {
  const files = (await findFiles(source)) ?? []
  await importPolicyFiles({ source, files, collectedOn: '2026-11-20', now: app.now })
}
const answerTo = async (name: string, question: string) =>
  bodies((await say(await app.as(name), question)).messages, 'answer')[0]
const until = async <T>(look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await look()
    if (holds(found)) return found
    await new Promise(resolve => setTimeout(resolve, 250))
  }
  throw new Error('it never came to hold')
}

describe('the index of a running server', () => {
  test('does what follows from a change until it succeeds, and then no more', async () => {
    let tries = 0
    const onChange = () => ((tries += 1) === 1 ? Promise.reject(new Error('not now')) : Promise.resolve())
    const index = keepIndex({ folder: join(folder, 'following'), log, onChange })
    for (let looks = 0; looks < 4; looks += 1) await index.refresh()
    await index.stop()
    expect(tries).toBe(2)
  })

  test('asks again for vectors that it could not get', async () => {
    let calls = 0
    const embedder = { model: 'late', embed: () => Promise.reject(new Error(`not now ${(calls += 1)}`)) }
    const index = keepIndex({ folder: join(folder, 'late'), log, embedder })
    await index.refresh()
    await until(
      () => Promise.resolve(calls),
      made => made > 0,
    )
    for (let looks = 0; looks < 40; looks += 1) await index.refresh()
    await until(
      () => Promise.resolve(calls),
      made => made > 1,
    )
    await index.stop()
    expect(calls).toBeLessThan(5)
  })

  test('is opened again after it could not be opened', async () => {
    const place = join(folder, 'not-yet-a-folder')
    writeFileSync(place, '')
    const index = keepIndex({ folder: place, log })
    await expect(index.refresh()).rejects.toThrow()
    rmSync(place)
    await index.refresh()
    expect(index.isReady()).toBe(true)
    await index.stop()
  })

  test('knows a document soon after it was imported, whichever process imported it', async () => {
    const question = `《${NAME}》第二条怎么规定？`
    expect((await answerTo('先问的', question))?.refused).toBe(true)
    await take(
      written(
        `${NAME}(2026-05-01).md`,
        `# ${NAME}\n\n（2026年5月1日印发，自2026年6月1日起施行）\n\n第一条 为了移风易俗，制定本规定。\n\n第二条 办酒席不超过二十桌。\n`,
      ),
    )
    const known = await until(
      () => answerTo('后问的', question),
      answer => answer?.refused === false,
    )
    expect(known?.clauses[0]?.text).toContain('二十桌')
  })

  test('knows when a table says that a document was replaced, and says by what', async () => {
    const question = `《${NAME}》第二条怎么规定？`
    const table = join(folder, 'status.csv')
    writeFileSync(
      table,
      `文件名称,事件,日期,施行日期,取代它的文件,来源,核对日期\n${NAME},取代,2026-10-01,2026-10-01,示例县移风易俗办法（示例）,示例公报,2026-11-01\n`,
    )
    await importStatusTable({ file: table, now: app.now })
    const answer = await until(
      () => answerTo('改了以后问的', question),
      found => found?.clauses[0]?.standing === 'repealed',
    )
    expect(answer?.clauses[0]?.status).toContain('已废止')
    expect(answer?.notice).toContain('已被《示例县移风易俗办法（示例）》取代')
    expect(answer?.checklist).toBe(false)
  })

  test('a revision whose text is not stored is told, and the older words are marked', async () => {
    const law = '示例县群众来信来访办理规则（示例）'
    const table = join(folder, 'revised.csv')
    writeFileSync(
      table,
      `文件名称,事件,日期,施行日期,取代它的文件,来源,核对日期\n${law},修订,2026-09-01,2026-10-01,,示例公报,2026-11-01\n`,
    )
    await importStatusTable({ file: table, now: app.now })
    const answer = await until(
      () => answerTo('问旧文的', `《${law}》第四条怎么规定？`),
      found => found?.clauses[0]?.standing === 'superseded',
    )
    expect(answer?.refused).toBe(false)
    expect(answer?.clauses[0]?.status).toContain('新版全文还没有收录')
    expect(answer?.notice).toContain('请以新版为准')
  })
})

describe('an index', () => {
  test('is saved and taken up again at the next start, without being made anew', async () => {
    const place = join(folder, 'saved')
    const first = keepIndex({ folder: place, log })
    await first.refresh()
    const asked = { question: '租期最长多少年', limit: 3 }
    const found = await first.search(asked)
    await first.stop()

    const second = keepIndex({ folder: place, log })
    await second.refresh()
    expect(second.articles()).toBe(first.articles())
    expect(await second.search(asked)).toEqual(found)
    await second.stop()
  })

  test('tells of every change of the documents, and only of changes', async () => {
    let changes = 0
    const index = keepIndex({
      folder: join(folder, 'telling'),
      log,
      onChange: async () => void (changes += 1),
    })
    await index.refresh()
    const before = changes
    await index.refresh()
    expect(changes).toBe(before)
    await take(
      written('示例县水库巡查通知(2026-11-01).md', '# 示例县水库巡查通知（示例）\n\n汛期每天巡查两次。\n'),
    )
    await index.refresh()
    expect(changes).toBe(before + 1)
    await index.stop()
  })

  test('searches by meaning, too, with vectors that are made once and stored', async () => {
    const embedder = createEmbedder({ base: server.base, key: server.key, model: 'demo-embedding' })
    const index = keepIndex({ folder: join(folder, 'meaning'), log, embedder })
    await index.refresh()
    const count = index.articles()
    await until(
      () => PolicyVector.countDocuments({ model: 'demo-embedding' }),
      stored => stored === count,
    )
    const [vector] = await embedder.embed(['租期最长多少年'])
    const { hits } = await index.search({ question: '租期最长多少年', limit: 3, ...(vector && { vector }) })
    expect(hits).toHaveLength(3)
    await index.stop()

    const asked = server.asked.length
    const again = keepIndex({ folder: join(folder, 'meaning'), log, embedder })
    await again.refresh()
    await until(
      () => again.search({ question: 'zzzz', limit: 3, ...(vector && { vector }) }),
      ({ hits: near }) => near.length === 3,
    )
    await again.stop()
    expect(server.asked.length).toBe(asked)
  })
})

describe('endpoints that make searching better', () => {
  const finders = () => ({
    search: keepIndex({ folder: join(folder, 'finding'), log, embedder: embedder() }),
    embedder: embedder(),
    reranker: createReranker({ base: server.base, key: server.key, model: 'demo-rerank' }),
  })
  const embedder = () => createEmbedder({ base: server.base, key: server.key, model: 'demo-embedding' })
  const sought = (question: string) => ({ question, day: '2026-11-28', today: '2026-11-28' })

  test('put clauses in another order, and leave what is answered and what is refused as it is', async () => {
    const helped = finders()
    const plain = { search: helped.search }
    for (const question of ['租期最长多少年', '离婚财产怎么分割', '群众来信多久要答复？']) {
      const [one, other] = [
        await findEvidence(sought(question), helped),
        await findEvidence(sought(question), plain),
      ]
      expect([question, one.verdict.answer]).toEqual([question, other.verdict.answer])
    }
    const paths = server.asked.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['/v1/embeddings', '/v1/rerank']))
    await helped.search.stop()
  })

  test('that fail leave what words find', async () => {
    const helped = finders()
    const question = '租期最长多少年'
    const before = await findEvidence(sought(question), { search: helped.search })
    server.behave({ fault: 'failing' })
    expect(await findEvidence(sought(question), helped)).toEqual(before)
    server.behave({})
    await helped.search.stop()
  })
})
