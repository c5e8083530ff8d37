import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { root } from '#server/base/paths'
import type { QuestionDraft } from '#server/question/draft'
import { identityOf } from '#server/question/identity'
import { findingsOf } from '../support/import.ts'

const folder = join(process.env.RIZHI_DATA ?? join(root, '../shared/data'), 'questions')
const bank = (name: string) => findingsOf(readFileSync(join(folder, name)), name)
const withData = existsSync(folder) ? describe : describe.skip

const counts = (drafts: QuestionDraft[]) => {
  const of = (type: string) => drafts.filter(draft => draft.type === type).length
  return { single: of('single'), multiple: of('multiple'), judge: of('judge'), blank: of('blank') }
}

withData('real banks (in RIZHI_DATA or ../shared/data)', () => {
  it('renshe-dev.json: all but three of 833, each malformed', async () => {
    const { drafts, rejected } = await bank('renshe-dev.json')
    expect(counts(drafts)).toEqual({ single: 391, multiple: 184, judge: 103, blank: 152 })
    // D and E share a cell; 多选 with the key D; 平等就业 twice.
    expect(rejected).toEqual([
      '$[96]: answer.not-an-option',
      '$[167]: type.contradicts-key',
      '$[799]: options.repeated',
    ])
  })

  it('zhengshangyou.xlsx: all but two of 2,156, whose options repeat', async () => {
    const { drafts, rejected } = await bank('zhengshangyou.xlsx')
    expect(counts(drafts)).toEqual({ single: 1994, multiple: 0, judge: 160, blank: 0 })
    expect(rejected).toEqual(['Sheet1 row 1382: options.repeated', 'Sheet1 row 2009: options.repeated'])
    const stems = drafts.map(({ stem }) => stem)
    expect(stems).toContain('将闲置的QQ、微信账号出租给他人使用这种做法是（ ）的')
    expect(stems.filter(stem => /^\d+、/.test(stem))).toEqual([])
    expect(stems.filter(stem => stem.startsWith('2018年'))).toHaveLength(31)
  })

  it('ChinaUniOnline.csv: all but five of 994, which have no answer', async () => {
    const { drafts, rejected } = await bank('ChinaUniOnline.csv')
    expect(counts(drafts)).toEqual({ single: 0, multiple: 0, judge: 0, blank: 989 })
    expect(rejected).toEqual([95, 98, 104, 106, 714].map(row => `row ${row}: answer.missing`))
  })

  it('maogai.md: all 304', async () => {
    const { drafts, rejected } = await bank('maogai.md')
    expect(counts(drafts)).toEqual({ single: 131, multiple: 112, judge: 31, blank: 30 })
    expect(rejected).toEqual([])
  })

  it('shuili.txt and shuili.json: the same questions but for three the files write differently', async () => {
    const [text, json] = [await bank('shuili.txt'), await bank('shuili.json')]
    // The answer 全错, and the letter E twice with D missing.
    expect(text.rejected).toEqual(['line 971: answer.not-an-option', 'line 2187: answer.not-an-option'])
    // A stem cut at "mA、" into an option, and the same missing D.
    expect(json.rejected).toEqual([
      '$.单选题[243]: options.mislabelled',
      '$.多选题[142]: options.mislabelled',
    ])
    const [inText, inJson] = [text, json].map(({ drafts }) => new Set(drafts.map(identityOf)))
    const only = (one: Set<string> | undefined, other: Set<string> | undefined) =>
      [...(one ?? [])]
        .filter(identity => other?.has(identity) !== true)
        .map(identity => identity.slice(0, 30))
    expect(only(inText, inJson)).toHaveLength(3)
    expect(only(inJson, inText)).toHaveLength(3)
  })
})
