import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { changesBetween, type Unit } from '#server/policy/change'
import { suspensionsOf } from '#server/policy/suspension'

const unit = (label: string, text: string, path: string[] = []): Unit => ({ label, text, path })

describe('what a new version does to each article', () => {
  const before = [
    unit('第一条', '用水先登记。'),
    unit('第二条', '登记不收费。'),
    unit('第三条', '每年核对。'),
  ]

  test('changed words, new articles, articles that are gone', () => {
    const after = [
      unit('第一条', '用水须先登记。'),
      unit('第二条', '登记不收费。'),
      unit('第四条', '违者改正。'),
    ]
    expect(changesBetween(before, after)).toEqual([
      { label: '第一条', kind: 'changed' },
      { label: '第三条', kind: 'removed' },
      { label: '第四条', kind: 'added' },
    ])
  })
  test('an article that is counted anew has moved', () => {
    const after = [
      unit('第一条', '为了节水。'),
      unit('第二条', '用水先登记。'),
      unit('第三条', '登记不收费。'),
      unit('第四条', '每年核对。'),
    ]
    expect(changesBetween(before, after)).toEqual([
      { label: '第一条', kind: 'moved', to: '第二条' },
      { label: '第二条', kind: 'moved', to: '第三条' },
      { label: '第三条', kind: 'moved', to: '第四条' },
    ])
  })
  test('white space and punctuation are no words', () => {
    expect(
      changesBetween(
        before,
        before.map(each => ({ ...each, text: each.text.replace('。', ' .') })),
      ),
    ).toEqual([])
  })
  test('nothing changes from a version to itself, and everything is new at first', () => {
    const units = fc.uniqueArray(
      fc.record({
        label: fc.stringMatching(/^第[一二三四五六七八九]条$/),
        path: fc.constant<string[]>([]),
        text: fc.string(),
      }),
      {
        selector: ({ label }) => label,
      },
    )
    fc.assert(
      fc.property(units, each => {
        expect(changesBetween(each, each)).toEqual([])
        expect(changesBetween([], each).every(({ kind }) => kind === 'added')).toBe(true)
        expect(changesBetween(each, []).every(({ kind }) => kind === 'removed')).toBe(true)
      }),
    )
  })
})

describe('what must stop when a document changes', () => {
  const resting = [
    { id: 'same', sources: [{ law: '某县用水条例', article: '第二条' }] },
    { id: 'changed', sources: [{ law: '《某县用水条例》', article: '第1条第2款' }] },
    { id: 'gone', sources: [{ law: '别的法' }, { law: '某县用水条例', article: '第三条至第四条' }] },
    { id: 'moved', sources: [{ law: '用水条例', article: '第五条' }] },
    { id: 'whole', sources: [{ law: '某县用水条例' }] },
    { id: 'other', sources: [{ law: '某县用电条例', article: '第一条' }] },
  ]
  const names = ['某县用水条例', '用水条例']

  test('questions on articles that changed, went away or moved, and those that name no article', () => {
    const news = {
      ...{ names, repealed: false, unread: false },
      changes: [
        { label: '第一条', kind: 'changed' as const },
        { label: '第四条', kind: 'removed' as const },
        { label: '第五条', kind: 'moved' as const, to: '第六条' },
        { label: '第二条', kind: 'added' as const },
      ],
    }
    expect(suspensionsOf(resting, news)).toEqual([
      { id: 'changed', law: '《某县用水条例》', reason: 'changed', label: '第一条', to: '' },
      { id: 'gone', law: '某县用水条例', reason: 'removed', label: '第四条', to: '' },
      { id: 'moved', law: '用水条例', reason: 'moved', label: '第五条', to: '第六条' },
      { id: 'whole', law: '某县用水条例', reason: 'changed', label: '', to: '' },
    ])
  })
  test('a repeal stops everything that rests on the document', () => {
    expect(
      suspensionsOf(resting, { names, repealed: true, unread: false, changes: [] }).map(({ id }) => id),
    ).toEqual(['same', 'changed', 'gone', 'moved', 'whole'])
  })
  test('so does a change of which the words are not stored', () => {
    const news = { names, repealed: false, unread: true, changes: [] }
    expect(suspensionsOf(resting, news).map(({ reason }) => reason)).toEqual(Array(5).fill('unread'))
  })
  test('additions alone stop nothing', () => {
    expect(
      suspensionsOf(resting, {
        names,
        repealed: false,
        unread: false,
        changes: [{ label: '第九条', kind: 'added' }],
      }),
    ).toEqual([])
  })
})
