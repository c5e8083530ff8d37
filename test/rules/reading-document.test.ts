import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readTextDocument } from '#server/reading/document'
import { readDocumentGuarded } from '#server/reading/guarded'
import { unwrapped } from '#server/reading/unwrap'
import { oldWordFile, paragraph, sheet, wordFile, wordTable, zip } from '../support/documents.ts'
import { encryptedWordFile, pdfFile } from '../support/policy-files.ts'

const read = (content: Buffer | string, name: string) => readTextDocument(Buffer.from(content), name)
const linesOf = async (content: Buffer | string, name: string) =>
  (await readDocumentGuarded(Buffer.from(content), name)).parts.flatMap(part =>
    part.kind === 'text'
      ? part.lines.map(({ text }) => text).filter(text => text.trim() !== '')
      : part.kind === 'table'
        ? part.rows.map(({ cells }) => cells.join('|'))
        : [],
  )

const TEXT = ['某县用水办法', '第一条 用水先登记。', '第二条 登记不收费。']

describe('the same text from every format', () => {
  test.each([
    ['text', '办法.txt', TEXT.join('\n')],
    ['text in GB18030', '办法.txt', Buffer.from('c4b3cfd8d3c3cbaeb0ecb7a80ab5dad2bbccf5', 'hex')],
    ['Markdown', '办法.md', `# ${TEXT[0]}\n\n${TEXT[1]}\n\n**第二条** 登记不收费。`],
    [
      'a web page',
      '办法.html',
      `<html><head><title>x</title><script>no()</script></head><body><h1>${TEXT[0]}</h1><p>${TEXT[1]}</p><p>第二条&nbsp;登记不收费。</p></body></html>`,
    ],
    ['Word', '办法.docx', wordFile(TEXT.map(text => paragraph(text)))],
    ['old Word', '办法.doc', oldWordFile(TEXT.join('\n'))],
    ['Word under the old ending', '办法.doc', wordFile(TEXT.map(text => paragraph(text)))],
  ])('%s', async (_, name, content) => {
    const lines = (await linesOf(content, name)).map(line => line.replace(/\s/g, ' '))
    expect(lines).toEqual(name === '办法.txt' && Buffer.isBuffer(content) ? [TEXT[0], '第一条'] : TEXT)
  })
})

describe('PDF', () => {
  const full = '用水应当先到村民委员会登记然后再由乡镇人民政府核对并公布三十日以上'
  test('lines of a paragraph are joined, also over a page; page numbers and running heads are left out', async () => {
    const page = (number: number, ...lines: string[]) => ['某县政府公报', ...lines, `- ${number} -`]
    const pages = [
      page(1, `　　第一条　${full.slice(6)}`, `${full}`, '。', `　　第二条　${full.slice(6)}`),
      page(2, `${full}`, '完。', '　　第三条　登记不收费。'),
      page(3, '　　第四条　即日施行。'),
    ]
    const { parts, margins } = await readDocumentGuarded(pdfFile(pages), '公报.pdf')
    const lines = parts.flatMap(part => (part.kind === 'text' ? part.lines.map(({ text }) => text) : []))
    expect(lines.map(line => line.replace(/\s/g, ''))).toEqual([
      `第一条${full.slice(6)}${full}。`,
      `第二条${full.slice(6)}${full}完。`,
      '第三条登记不收费。',
      '第四条即日施行。',
    ])
    expect(margins).toEqual(expect.arrayContaining(['某县政府公报', '- 2 -']))
  })
  test('a cut-off file is refused, not read in part', async () => {
    const whole = pdfFile([TEXT, TEXT])
    for (const share of [0.3, 0.6, 0.95]) {
      const part = whole.subarray(0, Math.floor(whole.length * share))
      await expect(readDocumentGuarded(part, 'a.pdf')).rejects.toMatchObject({ obstacle: 'broken' })
    }
  })
  test('one without text is told from a damaged one', async () => {
    await expect(readDocumentGuarded(pdfFile([[], []]), 'a.pdf')).rejects.toMatchObject({
      obstacle: 'no-text',
    })
  })
})

describe('plain text', () => {
  const article =
    '第一条　为了加强农村集体资金资产资源管理，保护农村集体经济组织及其成员的合法权益，根据有关法律法规，结合本县实际，制定本办法。'
  const broken = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []

  test('that was broken at a width is joined again', async () => {
    const paragraphs = Array.from({ length: 4 }, (_, at) => `　　${article.repeat(at + 1)}`)
    const lines = await linesOf(
      ['某县办法', ...paragraphs.flatMap(each => broken(each, 30))].join('\n'),
      'a.txt',
    )
    expect(lines.map(line => line.trim())).toEqual(['某县办法', ...paragraphs.map(each => each.trim())])
  })
  test('that has a paragraph a line stays as it is', async () => {
    const lines = [
      '某县办法',
      ...Array.from({ length: 20 }, (_, at) => `第${at}条 登记下列事项：${'甲'.repeat(at)}。`),
    ]
    expect(await linesOf(lines.join('\n'), 'a.txt')).toEqual(lines)
  })
  test('loses no letter by it', () => {
    const line = fc.oneof(
      fc.constant(''),
      fc.string({ maxLength: 40 }),
      fc.integer({ min: 30, max: 36 }).map(length => '字'.repeat(length)),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), texts => {
        const joined = unwrapped(texts.map((text, at) => ({ at, text }))).map(({ text }) => text)
        expect(joined.join('').replace(/\s/g, '')).toBe(texts.join('').replace(/\s/g, ''))
      }),
    )
  })
})

describe('a web page', () => {
  test('its marked text is taken without what surrounds it', async () => {
    const page = `<html><head><title>某县用水办法_某县人民政府</title></head><body>
      <div class="nav"><a>首页</a><a>政务公开</a></div><h1>某县用水办法</h1>
      <div id="UCAP-CONTENT"><p>第一条 用水先登记。</p><table><tr><td>项目</td><td>费用</td></tr><tr><td>登记</td><td>不收</td></tr></table></div>
      <div class="footer">主办单位：某县</div></body></html>`
    expect(await linesOf(page, '办法.html')).toEqual([
      '某县用水办法',
      '第一条 用水先登记。',
      '项目|费用',
      '登记|不收',
    ])
  })
  test('a table that only arranges the page is no table', async () => {
    const page = `<html><body><table><tr><td><table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table></td><td>${'长'.repeat(500)}</td></tr></table></body></html>`
    const { parts } = await read(page, 'a.html')
    expect(parts.every(({ kind }) => kind === 'text')).toBe(true)
  })
  test('whatever the tags, reading ends and never throws', async () => {
    const tag = fc.constantFrom(
      '<table>',
      '</table>',
      '<tr>',
      '<td>',
      '</td>',
      '<p>',
      '</div>',
      '<h1>',
      '</h1>',
      '<script>',
      '</script>',
      '文',
      '<br/>',
      '<!--',
      '-->',
      '&nbsp;',
      '<article>',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(tag, { maxLength: 40 }), async tags => {
        await read(`<html>${tags.join('')}`, 'a.html')
      }),
    )
  })
})

test('Markdown: what stands before the end of the history is apart, front matter and comments are gone', async () => {
  const { parts } = await read(
    '---\ntitle: x\n---\n# 某法\n\n2019年1月1日 通过\n\n<!-- INFO END -->\n\n## 第一章\n\n第一条 办事。<!-- 注 -->',
    '某法.md',
  )
  expect(
    parts.map(part => [part.name, part.kind === 'text' && part.lines.filter(({ text }) => text !== '')]),
  ).toEqual([
    [
      'front',
      [
        { at: 4, text: '某法', heading: 1 },
        { at: 6, text: '2019年1月1日 通过' },
      ],
    ],
    [
      '',
      [
        { at: 10, text: '第一章', heading: 2 },
        { at: 12, text: '第一条 办事。' },
      ],
    ],
  ])
})

test('articles that Word numbers by itself have their numbers', async () => {
  const item = (text: string) =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
  const level =
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>'
  const file = zip({
    'word/document.xml': `<w:document><w:body>${item('办事。').repeat(121)}</w:body></w:document>`,
    'word/numbering.xml': `<w:numbering><w:abstractNum w:abstractNumId="7">${level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`,
  })
  const lines = await linesOf(file, 'a.docx')
  expect([1, 10, 17, 20, 100, 101, 110, 121].map(at => lines[at - 1])).toEqual(
    ['一', '十', '十七', '二十', '一百', '一百零一', '一百一十', '一百二十一'].map(
      number => `第${number}条 办事。`,
    ),
  )
})

test('heads and feet of a Word file are known beside its text', async () => {
  const header = '<w:hdr><w:p><w:r><w:t>机密★一年</w:t></w:r></w:p></w:hdr>'
  const file = zip({
    'word/document.xml': '<w:document><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>',
    'word/header1.xml': header,
  })
  expect((await read(file, 'a.docx')).margins).toEqual(['机密★一年'])
})

/** Word 97 and later name their version, and set a flag beside it when there is a password. */
function lockedOldWordFile(): Buffer {
  const file = oldWordFile('第一条 办事。')
  const at = file.indexOf(Buffer.from([0xec, 0xa5]))
  file.writeUInt16LE(0x00c1, at + 2)
  file.writeUInt16LE(0x0300, at + 10)
  return file
}

describe('a file that cannot be read', () => {
  const bomb = zip({ 'word/document.xml': 'x' }, { 'word/document.xml': 4_000_000_000 })
  test.each([
    ['a zip bomb', bomb, 'a.docx', 'too-large'],
    ['more than 50 MB', Buffer.alloc(50 * 1024 * 1024 + 1, 32), 'a.txt', 'too-large'],
    ['an encrypted .docx', encryptedWordFile(), 'a.docx', 'encrypted'],
    ['a PDF with a password', pdfFile([TEXT], { locked: true }), 'a.pdf', 'encrypted'],
    ['an old .doc with a password', lockedOldWordFile(), 'a.doc', 'encrypted'],
    ['half a .docx', wordFile([paragraph('正文')]).subarray(0, 200), 'a.docx', 'broken'],
    ['a workbook', sheet([['甲']]), 'a.docx', 'unsupported'],
    ['a workbook named .txt', sheet([['甲']]), 'a.txt', 'mismatch'],
    ['noise named .pdf', Buffer.from([1, 2, 3, 0, 255, 254]), 'a.pdf', 'broken'],
    ['a picture named .txt', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'a.txt', 'unsupported'],
    ['text named .pdf', Buffer.from('第一条 办事。'), 'a.pdf', 'mismatch'],
    ['text named .docx', Buffer.from('第一条 办事。'), 'a.docx', 'mismatch'],
    ['a PDF named .docx', pdfFile([TEXT]), 'a.docx', 'mismatch'],
    ['Word named .pdf', wordFile([paragraph('正文')]), 'a.pdf', 'mismatch'],
    ['Word named .md', wordFile([paragraph('正文')]), 'a.md', 'mismatch'],
    ['RTF', Buffer.from('{\\rtf1 x}'), 'a.doc', 'unsupported'],
  ])('%s', async (_, content, name, obstacle) => {
    await expect(readDocumentGuarded(content, name)).rejects.toMatchObject({ obstacle })
  })

  test('whatever bytes, the answer is an obstacle or a text', async () => {
    const start = fc.constantFrom(
      [],
      [0x25, 0x50, 0x44, 0x46, 0x2d],
      [0x50, 0x4b, 3, 4],
      [0xd0, 0xcf, 0x11, 0xe0],
      [0x3c, 0x68, 0x74, 0x6d, 0x6c],
    )
    const name = fc.constantFrom('a.pdf', 'a.docx', 'a.doc', 'a.txt', 'a.md', 'a.html', 'a')
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), name, async (head, tail, file) => {
        const outcome = await read(Buffer.from([...head, ...tail]), file).then(
          () => 'read',
          (error: Error) => error.name,
        )
        expect(['read', 'UnreadableError']).toContain(outcome)
      }),
      { numRuns: 300 },
    )
  })
})
