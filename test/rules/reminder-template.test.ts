import { describe, expect, test } from '@jest/globals'
import { templateFaults } from '#server/reminder-template'

const settings = { id: 'template-of-ours', title: 'thing1', text: 'thing2', time: 'time3' }
const heldWith = (...fields: string[]) => [
  { id: 'template-of-ours', title: '学习提醒', longTerm: false, fields, allowed: {} },
]

test('a template with just the fields that are filled will do, in any order', () => {
  expect(templateFaults(settings, heldWith('time3', 'thing1', 'thing2'))).toEqual([])
})

describe('what does not fit is named', () => {
  test('a template the app does not have, beside those it has', () => {
    const [fault, ...more] = templateFaults({ ...settings, id: 'template-of-others' }, heldWith('thing1'))
    expect(fault).toContain('template-of-others')
    expect(fault).toContain('template-of-ours（学习提醒）')
    expect(more).toEqual([])
    expect(templateFaults(settings, [])[0]).toContain('现有模板：无')
  })

  test('each field it lacks, and each that would stay empty', () => {
    const faults = templateFaults(settings, heldWith('thing1', 'thing4', 'date3'))
    expect(faults.map(fault => /没有字段 (\w+)|字段 (\w+) 没有内容/.exec(fault)?.slice(1, 3))).toEqual([
      ['thing2', undefined],
      ['time3', undefined],
      [undefined, 'thing4'],
      [undefined, 'date3'],
    ])
  })

  test('one field for two contents', () => {
    const faults = templateFaults({ ...settings, text: 'thing1' }, heldWith('thing1', 'time3'))
    expect(faults).toEqual([expect.stringContaining('两个不同的字段')])
  })
})
