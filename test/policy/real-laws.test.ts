import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { root } from '#server/base/paths'
import { prepare, type Prepared } from '#server/policy/prepare'
import { blocksOf } from '#server/policy/split/block'
import { isCited, wordsOf } from '#server/policy/split/piece'
import { splitDocument } from '#server/policy/split/split'
import { readTextDocument } from '#server/reading/document'

const folder = join(process.env.RIZHI_DATA ?? join(root, '../shared/data'), 'laws')
const withData = existsSync(folder) ? describe : describe.skip
const bare = (text: string) => text.replace(/\s/g, '')

withData('the laws of the state (in RIZHI_DATA or ../shared/data)', () => {
  const taken = new Map<string, Prepared>()
  const refused: string[] = []
  const lost: string[] = []
  let milliseconds = 0

  beforeAll(async () => {
    const paths = readdirSync(folder, { recursive: true })
      .map(String)
      .filter(path => path.endsWith('.md'))
    for (const path of paths.map(each => each.replaceAll('\\', '/')).sort()) {
      const bytes = readFileSync(join(folder, path))
      const start = performance.now()
      const read = await readTextDocument(bytes, path)
      const prepared = prepare(read, { path })
      milliseconds += performance.now() - start
      if ('refused' in prepared) refused.push(`${path} ${prepared.refused}`)
      else taken.set(path, prepared)
      const blocks = blocksOf(read.parts)
      const pieces = splitDocument(blocks).pieces.map(wordsOf).join('')
      if (bare(pieces) !== bare(blocks.map(({ text }) => text).join(''))) lost.push(path)
    }
  }, 120_000)

  const articles = () =>
    [...taken.values()].flatMap(({ cited }) => cited).filter(({ kind }) => kind === 'article')

  test('every file with a text is taken, none for its words about state secrets refused', () => {
    expect(taken.size).toBe(1510)
    expect(refused.every(each => each.endsWith('_index.md file.empty'))).toBe(true)
  })
  test('not a letter is lost', () => expect(lost).toEqual([]))
  test('64,782 articles, more than 1,000 of them a second', () => {
    expect(articles()).toHaveLength(64_782)
    expect((articles().length / milliseconds) * 1000).toBeGreaterThan(1_000)
  })

  test('the count of articles has a gap only where the file has one', () => {
    const odd = [...taken].flatMap(([path, { oddities }]) =>
      oddities.map(({ code, before, label }) => `${path} ${code} ${before}→${label}`),
    )
    expect(odd).toEqual([
      // Amendments of the constitution count on from each other; the last one inserts articles without quoting them.
      '宪法/宪法修正案（1993年）.md articles.late-start →第三条',
      '宪法/宪法修正案（1999年）.md articles.late-start →第十二条',
      '宪法/宪法修正案（2004年）.md articles.late-start →第十八条',
      '宪法/宪法修正案（2018年）.md articles.late-start →第三十二条',
      '宪法/宪法修正案（2018年）.md articles.gap 第五十二条→第一百二十三条',
      // Article 54 is missing in the file.
      '民法商法/农民专业合作社法(2017-12-27).md articles.gap 第五十三条→第五十五条',
    ])
  })

  test('titles, days and levels are known', () => {
    const of = (path: string) => taken.get(path)?.description
    const all = [...taken.values()].map(({ description }) => description)
    expect(all.filter(({ title, day }) => title === '' || day === null)).toEqual([])
    expect(all.every(({ region }) => region.level === 'state')).toBe(true)
    expect(new Set(all.map(({ key }) => key)).size).toBe(1416)
    expect(of('行政法规/信访工作条例(2022-02-25).md')).toMatchObject({
      level: 'party',
      force: { from: '2022-05-01', basis: 'text' },
    })
    expect(of('行政法/行政许可法(2019-04-23).md')).toMatchObject({
      ...{
        key: '行政许可法',
        level: 'law',
        issuer: '全国人民代表大会常务委员会',
        promulgatedOn: '2003-08-27',
      },
      force: { from: '2019-04-23', basis: 'derived' },
    })
    expect(of('民法典/附则.md')?.repeals.map(({ key }) => key)).toContain('婚姻法')
  })

  test('articles between articles, tables and preambles are found', () => {
    const cited = (path: string) => taken.get(path)?.cited ?? []
    expect(cited('刑法/刑法.md').map(({ label }) => label)).toContain('第一百三十三条之一')
    const table = cited(
      '司法解释/最高人民法院、最高人民检察院关于执行《刑法》确定罪名的补充规定（三）(2007-10-25).md',
    )
    expect(table.some(({ text }) => text.includes('强令违章冒险作业罪') && text.includes(' | '))).toBe(true)
    expect(cited('宪法/宪法.md').filter(isCited)[0]).toMatchObject({ kind: 'passage', path: ['序言'] })
  })
})
