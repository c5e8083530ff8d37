import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { PolicyImportReport } from '#server/policy/service'
import { oldWordFile, paragraph, wordFile, wordTable, zip } from '../support/documents.ts'
import { encryptedWordFile, pdfFile } from '../support/policy-files.ts'
import { aDataFolder, cli } from '../support/server-process.ts'

const folders: string[] = []
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })))

/** A folder with these files. */
function folderOf(files: Record<string, Buffer | string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rizhi-policies-'))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const law = (title: string, ...articles: string[]) => `# ${title}\n\n${articles.join('\n\n')}\n`
const ARTICLES = ['第一条 用水先登记。', '第二条 登记不收费。']

async function load(folder: string, dataDir: string, ...options: string[]) {
  const file = join(folder, '..', `report-${Math.floor(performance.now() * 1000)}.json`)
  const ended = await cli(['import', 'policies', folder, '--report', file, ...options], { DATA_DIR: dataDir })
  const report = JSON.parse(readFileSync(file, 'utf8')) as PolicyImportReport
  rmSync(file)
  return { ...ended, report }
}

test('every format is taken once; an import again changes nothing', async () => {
  const dataDir = aDataFolder()
  const lines = (title: string) => [title, ...ARTICLES]
  const folder = folderOf({
    '法规/某县用水办法(2020-01-01).md': law('某县用水办法', ...ARTICLES),
    '法规/某县用电办法(2020-01-01).txt': lines('某县用电办法').join('\n'),
    '法规/某县用气办法(2020-01-01).html': `<html><body>${lines('某县用气办法')
      .map(text => `<p>${text}</p>`)
      .join('')}</body></html>`,
    '法规/某县用路办法(2020-01-01).docx': wordFile([
      ...lines('某县用路办法').map(text => paragraph(text)),
      wordTable([
        ['项目', '费用'],
        ['登记', '不收'],
      ]),
    ]),
    '法规/某县用桥办法(2020-01-01).doc': oldWordFile(lines('某县用桥办法').join('\n')),
    '法规/某县用地办法(2020-01-01).pdf': pdfFile([lines('某县用地办法')]),
    '表.xlsx': 'PK',
    '.hidden.md': law('不看的文件', ...ARTICLES),
  })

  const first = await load(folder, dataDir)
  const second = await load(folder, dataDir)

  expect(first.out).toContain(
    '新增 6 份，新版本 0 份，文字有变 0 份，未变 0 份，跳过 1 份，未收 0 份；入库 12 条、0 段',
  )
  expect(first.err).toContain('7/7')
  expect(first.report.rows.map(({ file, outcome }) => [file.slice(0, 7), outcome])).toContainEqual([
    '表.xlsx',
    'skipped',
  ])
  expect(second.report.counts).toMatchObject({ added: 0, unchanged: 6, skipped: 1 })
  expect([first.code, second.code]).toEqual([0, 0])
})

test('an import that was cut off goes on with the files that are missing', async () => {
  const dataDir = aDataFolder()
  const names = ['甲', '乙', '丙', '丁']
  const folder = folderOf(
    Object.fromEntries(names.map(name => [`${name}(2020-01-01).md`, law(`${name}办法`, ...ARTICLES)])),
  )
  await load(join(folder, '乙(2020-01-01).md'), dataDir)

  expect((await load(folder, dataDir)).report.rows.map(({ outcome }) => outcome).sort()).toEqual([
    'added',
    'added',
    'added',
    'unchanged',
  ])
})

test('a dry run tells what would happen and stores nothing', async () => {
  const dataDir = aDataFolder()
  const folder = folderOf({ '某办法(2020-01-01).md': law('某办法', ...ARTICLES) })
  const dry = await load(folder, dataDir, '--dry-run')
  expect(dry.out).toContain('只检查，没有写入')
  expect(dry.report.counts.added).toBe(1)
  expect((await load(folder, dataDir)).report.counts.added).toBe(1)
})

test('bad files are told in plain words, leave nothing behind and do not stop the others', async () => {
  const dataDir = aDataFolder()
  const pdf = pdfFile([['某县用地办法', ...ARTICLES]])
  const folder = folderOf({
    '好.md': law('某县用水办法(2020-01-01)', ...ARTICLES),
    '坏.pdf': pdf.subarray(0, pdf.length / 2),
    '锁.docx': encryptedWordFile(),
    '弹.docx': zip({ 'word/document.xml': 'x' }, { 'word/document.xml': 4_000_000_000 }),
    '大.txt': Buffer.alloc(200 * 1024 * 1024, 32),
    '假.pdf': law('某办法', ...ARTICLES),
    '图.txt': Buffer.from('89504e470d0a1a0a00', 'hex'),
    '扫.pdf': pdfFile([[], []]),
    '空.md': '',
    '密.md': law('某办法', '机密★10年', ...ARTICLES),
    '密 级头.docx': zip({
      'word/document.xml':
        '<w:document><w:body><w:p><w:r><w:t>第一条 办事。</w:t></w:r></w:p></w:body></w:document>',
      'word/header1.xml': '<w:hdr><w:p><w:r><w:t>秘 密★三年</w:t></w:r></w:p></w:hdr>',
    }),
  })

  const { code, out, report } = await load(folder, dataDir)

  expect(Object.fromEntries(report.rows.map(({ file, code: reason }) => [file, reason]))).toEqual({
    '好.md': null,
    '坏.pdf': 'file.broken',
    '锁.docx': 'file.encrypted',
    '弹.docx': 'file.too-large',
    '大.txt': 'file.too-large',
    '假.pdf': 'file.mismatch',
    '图.txt': 'file.broken',
    '扫.pdf': 'file.no-text',
    '空.md': 'file.empty',
    '密.md': 'file.classified',
    '密 级头.docx': 'file.classified',
  })
  expect(out).toContain('密.md：文件带有密级标志，没有导入也没有保存')
  expect(out).toContain('锁.docx：文件设了密码')
  expect(JSON.stringify(report)).not.toContain('机密★')
  expect(report.rows.find(({ file }) => file === '好.md')?.outcome).toBe('added')
  expect(code).toBe(1)
  // Nothing of the refused ones is known: they are refused again.
  expect((await load(folder, dataDir)).report.counts).toMatchObject({ unchanged: 1, rejected: 9, skipped: 1 })
})

test('what an editor should look at is told', async () => {
  const folder = folderOf({ '某办法.md': law('某办法', '第一条 办事。', '第三条 办完。') })
  const { code, out } = await load(folder, aDataFolder())
  expect(out).toContain('请看一看：某办法.md：条号不连续：第一条之后是第三条，原文可能有缺漏')
  expect(out).toContain('没有找到公布日期')
  expect(out).toContain('没有写 --collected')
  expect(code).toBe(0)
})

test('a document is looked up by any of its names, on any day', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const folder = folderOf({
    '旧/中华人民共和国村民用水法(2019-03-01).md': law(
      '中华人民共和国村民用水法',
      '第一条 用水先登记。',
      '第二条 本法自2019年5月1日起施行。',
    ),
    '新/中华人民共和国村民用水法(2024-03-01).md': law('中华人民共和国村民用水法', '第一条 用水须先登记。'),
  })
  await load(folder, env.DATA_DIR, '--collected', '2026-11-01')
  await cli(['import', 'status'], env)

  const today = await cli(['show', 'policy', '村民用水法', '第1条'], env)
  expect(today.out).toContain('中华人民共和国村民用水法（法律，收录截至 2026-11-01）')
  expect(today.out).toContain('2019-03-01 版，2019-05-01起施行，2024-03-01 起有新版，2 条')
  expect(today.out).toContain('2024-03-01 版，2024-03-01（按公布日推定）起施行，适用（效力未经核对），1 条')
  expect(today.out).toContain('用水须先登记')
  expect((await cli(['show', 'policy', '村民用水法', '1条', '--on', '2020-06-01'], env)).out).toMatch(
    /用水先登记/,
  )
  expect((await cli(['show', 'policy', '婚姻法'], env)).out).toContain('由《中华人民共和国民法典》取代')
  expect(today.out).not.toContain('现行有效')
})

test('the status table that comes with the product is taken once; a wrong one not at all', async () => {
  const env = { DATA_DIR: aDataFolder() }
  const first = await cli(['import', 'status'], env)
  const second = await cli(['import', 'status'], env)
  expect(first.out).toMatch(/新增 \d+ 行，更改 0 行，未变 0 行/)
  expect(second.out).toMatch(/新增 0 行，更改 0 行，未变 \d+ 行/)

  const folder = folderOf({
    '状态.csv':
      '文件名称,事件,日期,来源,核对日期\n某法,修正,2020-01-01,公报,2020-02-01\n某法,改了,2020-01-01,公报,2020-02-01',
  })
  const wrong = await cli(['import', 'status', join(folder, '状态.csv')], env)
  expect(wrong.out).toContain('状态.csv 第 3 行（某法）：事件应为')
  expect(wrong.out).toContain('整张表没有导入')
  expect([first.code, second.code, wrong.code]).toEqual([0, 0, 1])
})

test.each([
  ['a place that is not there', ['import', 'policies', 'nowhere'], '找不到文件或文件夹 nowhere'],
  ['a day to come', ['import', 'policies', '.', '--collected', '2999-01-01'], '--collected 应是'],
  ['a region that is none', ['import', 'policies', '.', '--region', '我们'], '--region 应是'],
  ['a status table that is not there', ['import', 'status', 'nowhere.csv'], '找不到文件 nowhere.csv'],
])('%s is told in a sentence', async (_, args, sentence) => {
  const { code, err } = await cli(args, { DATA_DIR: aDataFolder() })
  expect(err).toContain(sentence)
  expect(code).toBe(2)
})
