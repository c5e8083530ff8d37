import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { identityOf } from '#server/question/identity'
import { sheet, zip } from '../support/documents.ts'
import { findingsOf, lineOf } from '../support/import.ts'

const OPTIONS = ['上海', '北京', '广州', '深圳']
const header = ['题型', '题干', 'A', 'B', 'C', 'D', '答案']
const S = '我国的首都是（ ）。'

/** What becomes of one row, alone in a sheet with a sound one. */
async function verdictOn(row: (string | number)[], heads = header): Promise<string> {
  const sound = heads.map(
    head => ({ 题干: '一年有几个月？', A: '十', B: '十二', C: '十三', D: '十四', 答案: 'B' })[head] ?? '',
  )
  const { drafts, rejected } = await findingsOf(sheet([heads, sound, row]), 'a.xlsx')
  const [, draft] = drafts
  return draft === undefined ? (rejected[0] ?? '').replace('Sheet1 row 3: ', '') : lineOf(draft)
}

describe('nothing is guessed', () => {
  it.each([
    ['a key that is no option', ['单选题', S, ...OPTIONS, 'E'], 'answer.not-an-option'],
    ['words that are no option', ['单选题', S, ...OPTIONS, '南京'], 'answer.not-an-option'],
    [
      'a letter with the words of another option',
      ['单选题', S, ...OPTIONS, 'A、北京'],
      'answer.contradicts-itself',
    ],
    ['单选 with two letters', ['单选题', S, ...OPTIONS, 'AB'], 'type.contradicts-key'],
    ['多选 with one letter', ['多选题', S, ...OPTIONS, 'B'], 'type.contradicts-key'],
    ['判断 with options that are no verdicts', ['判断题', S, ...OPTIONS, 'B'], 'type.contradicts-options'],
    [
      '判断 with a letter nobody explains',
      ['判断题', '长江最长。', '', '', '', '', 'A'],
      'answer.letter-unexplained',
    ],
    ['填空 with options', ['填空题', S, ...OPTIONS, 'B'], 'type.contradicts-options'],
    ['a choice without options', ['单选题', S, '', '', '', '', 'B'], 'options.missing'],
    ['a letter without options or type', ['', S, '', '', '', '', 'B'], 'options.missing'],
    ['an essay', ['简答题', '谈谈乡村振兴。', '', '', '', '', '略'], 'type.not-markable'],
    ['no answer', ['单选题', S, ...OPTIONS, ''], 'answer.missing'],
    ['no stem', ['单选题', '', ...OPTIONS, 'B'], 'stem.missing'],
    ['one option', ['单选题', S, '北京', '', '', '', 'A'], 'options.too-few'],
    ['a lost option', ['单选题', S, '上海', '', '广州', '深圳', 'A'], 'options.gap'],
    ['two equal options', ['单选题', S, '上海', '上海', '广州', '深圳', 'C'], 'options.repeated'],
    [
      'an answer in the stem that is not the answer given',
      ['单选题', '我国的首都是（A）。', ...OPTIONS, 'B'],
      'answer.contradicts-stem',
    ],
    ['a marked row', ['单选题', `【机密】${S}`, ...OPTIONS, 'B'], 'row.classified'],
  ])('%s is rejected', async (_, row, expected) => {
    expect(await verdictOn(row)).toBe(expected)
  })

  it.each([
    [
      'options without a type, one letter',
      ['', S, ...OPTIONS, 'b'],
      `single ${S} A上海/B北京/C广州/D深圳 →北京`,
    ],
    [
      'options without a type, two letters',
      ['', S, ...OPTIONS, 'B，A'],
      `multiple ${S} A上海/B北京/C广州/D深圳 →上海+北京`,
    ],
    [
      '不定项 with one letter',
      ['不定项选择题', S, ...OPTIONS, 'B'],
      `multiple ${S} A上海/B北京/C广州/D深圳 →北京`,
    ],
    [
      'judge words the other way round',
      ['判断题', '长江最长。', '错误', '正确', '', '', 'B'],
      'judge 长江最长。 A正确/B错误 →正确',
    ],
    [
      'judge words without a type',
      ['', '长江最长。', '', '', '', '', '错'],
      'judge 长江最长。 A正确/B错误 →错误',
    ],
    [
      'a verdict that fills a gap inside the sentence',
      ['', '这种做法是（ ）的，应当提倡。', '', '', '', '', '对'],
      'blank 这种做法是（ ）的，应当提倡。  →对',
    ],
    [
      'an answer repeated in the stem',
      ['单选题', '我国的首都是（B）。', ...OPTIONS, 'B'],
      `single 我国的首都是（ ）。 A上海/B北京/C广州/D深圳 →北京`,
    ],
    [
      'levels as options',
      ['单选题', '国家秘密的最高密级是（ ）。', '绝密', '机密', '秘密', '', 'A'],
      'single 国家秘密的最高密级是（ ）。 A绝密/B机密/C秘密 →绝密',
    ],
    [
      'options that are numbers in a file of letters',
      ['单选题', '一周有几天？', '5', '6', '7', '8', '7'],
      'single 一周有几天？ A5/B6/C7/D8 →7',
    ],
  ])('%s is taken', async (_, row, expected) => {
    expect(await verdictOn(row)).toBe(expected)
  })
})

describe('answers by number', () => {
  const heads = ['question', 'option1', 'option2', 'option3', 'answer']
  const rows = (answers: number[]) =>
    sheet([heads, ...answers.map((answer, i) => [`第${i}问选哪个？`, '甲', '乙', '丙', answer])])

  it('are refused where the file does not show where it begins to count', async () => {
    const { rejected } = await findingsOf(rows([1, 2, 1]), 'a.xlsx')
    expect(rejected.map(each => each.split(': ')[1])).toEqual([
      'index.undecided',
      'index.undecided',
      'index.undecided',
    ])
  })

  it('are refused where the file counts in both ways', async () => {
    const { rejected } = await findingsOf(rows([0, 3, 1]), 'a.xlsx')
    expect(rejected.map(each => each.split(': ')[1])).toEqual(Array(3).fill('index.contradictory'))
  })

  it('are taken but for the one out of range', async () => {
    const { drafts, rejected } = await findingsOf(rows([0, 2, 9]), 'a.xlsx')
    expect(drafts.map(({ key }) => key)).toEqual([['A'], ['C']])
    expect(rejected).toEqual(['Sheet1 row 4: index.out-of-range'])
  })
})

describe('blanks', () => {
  const take = async (stem: string, answer: string) =>
    (
      await findingsOf(
        sheet([
          ['题型', '题干', '答案'],
          ['填空题', stem, answer],
        ]),
        'a.xlsx',
      )
    ).drafts[0]

  it('are ordered where answers are as many as gaps', async () => {
    expect(await take('健全共建、（ ）、____的制度。', '共治；共享')).toMatchObject({
      key: ['共治', '共享'],
      ordered: true,
    })
    expect(await take('原则是（ ）、（ ）。', '公开、公平')).toMatchObject({
      key: ['公开', '公平'],
      ordered: true,
    })
  })

  it('are a set where they are not', async () => {
    expect(await take('长征的三大主力是（ ）。', "['红一方面军', '红二方面军', '红四方面军']")).toMatchObject(
      { ordered: false, key: { length: 3 } },
    )
    expect(await take('原则是（ ）。', '公开、公平、公正')).toMatchObject({
      key: ['公开、公平、公正'],
      ordered: true,
    })
  })
})

describe('classified files', () => {
  it('are refused as a whole for a mark above the header or in the text', async () => {
    expect(
      (await findingsOf(sheet([['机密★1年'], header, ['', S, ...OPTIONS, 'B']]), 'a.xlsx')).rejected,
    ).toEqual(['Sheet1 row 1: file.classified'])
    expect((await findingsOf(`绝密\n1. ${S}\nA. 上海 B. 北京\n答案：B`, 'a.txt')).rejected).toEqual([
      'line 1: file.classified',
    ])
  })

  it('lose only the row that a column of levels marks', async () => {
    const { drafts, rejected } = await findingsOf(
      sheet([
        ['题干', 'A', 'B', '答案', '密级'],
        [S, '上海', '北京', 'B', ''],
        ['哪里最大？', '甲', '乙', 'A', '秘密'],
      ]),
      'a.xlsx',
    )
    expect(drafts).toHaveLength(1)
    expect(rejected).toEqual(['Sheet1 row 3: row.classified'])
  })
})

describe('hostile files', () => {
  it('a tiny sheet that declares sixteen thousand columns costs nothing', async () => {
    const rows = [
      ['题干', 'A', 'B', '答案'],
      [S, '上海', '北京', 'B'],
    ]
    const cell = (text: string, at: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
    const body = rows
      .map(
        (row, r) =>
          `<row r="${r + 1}">${row.map((text, c) => cell(text, `${'ABCD'[c] ?? ''}${r + 1}`)).join('')}</row>`,
      )
      .join('')
    const wide = zip({
      '[Content_Types].xml':
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
      '_rels/.rels':
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      'xl/workbook.xml':
        '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols><sheetData>${body}<row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>`,
    })
    const before = process.memoryUsage().heapUsed
    const start = performance.now()
    expect((await findingsOf(wide, 'a.xlsx')).drafts.map(lineOf)).toEqual([`single ${S} A上海/B北京 →北京`])
    expect(performance.now() - start).toBeLessThan(5000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 2 ** 20)
  })

  it('an archive that declares too much is refused before it is unpacked', async () => {
    const bomb = zip({ 'xl/workbook.xml': 'x' }, { 'xl/workbook.xml': 2 ** 31 })
    await expect(findingsOf(bomb, 'a.xlsx')).rejects.toMatchObject({ obstacle: 'too-large' })
  })

  it('an archive that lies about its size is broken', async () => {
    const bytes = sheet([header, ['', S, ...OPTIONS, 'B']])
    await expect(findingsOf(bytes.subarray(0, 400), 'a.xlsx')).rejects.toMatchObject({ obstacle: 'broken' })
  })

  it.each(['', '\n\n', '没有题目的一段话。', '{"a": 1}', '[]', 'a,b\n1,2\n'])(
    '%j gives no question and no failure',
    async text => {
      for (const name of ['a.txt', 'a.md', 'a.csv']) expect((await findingsOf(text, name)).drafts).toEqual([])
    },
  )

  it('random text never fails', async () => {
    const piece = fc.constantFrom(
      '1、',
      'A、',
      'B.',
      '答案：',
      '（A）',
      '（ ）',
      '\n',
      '单选题',
      '甲',
      '|',
      ',',
      '[',
      "'",
      '"',
      '参考答案',
      '1-5 ABCDE',
      '绝密',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.constantFrom('a.txt', 'a.md', 'a.csv'),
        async (pieces, name) => {
          await findingsOf(pieces.join(''), name)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the identity of a question', () => {
  it('does not depend on the order of options, spaces, widths or the drawing of the gap', async () => {
    const of = async (stem: string, options: string[]) => {
      const { drafts } = await findingsOf(
        sheet([
          ['题干', 'A', 'B', 'C', '答案'],
          [stem, ...options, 'A'],
        ]),
        'a.xlsx',
      )
      return drafts.map(identityOf)[0]
    }
    const one = await of('《安全生产法》规定，应当（  ）。', ['甲', '乙', '丙'])
    expect(await of('《安全生产法》 规定,应当____', ['丙', '甲 ', '乙'])).toBe(one)
    expect(await of('《安全生产法》规定，不应当（  ）。', ['甲', '乙', '丙'])).not.toBe(one)
    expect(await of('《安全生产法》规定，应当（  ）。', ['甲', '乙', '丁'])).not.toBe(one)
  })
})
