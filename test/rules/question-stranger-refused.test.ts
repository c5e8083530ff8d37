import { describe, expect, it } from '@jest/globals'
import { workbook } from '../support/documents.ts'
import { findingsOf } from '../support/import.ts'

const S = '我国的首都是（ ）。'
const M = '下列属于直辖市的有（ ）。'
const CITIES = ['上海', '北京', '广州', '深圳']
const lettered = (words: string[]) => words.map((word, at) => `${'ABCD'[at]}. ${word}`).join('\n')
const CAPITAL = `1. ${S}\n${lettered(CITIES)}\n`
const [RIGHT, FALSE] = ['长江是我国最长的河流。', '黄河是我国最长的河流。']

type Layout = [title: string, file: string, content: string | Buffer, expected: string[]]

describe('what such a layout leaves open is refused', () => {
  it.each<Layout>([
    [
      '1, 2, 4 and 8 are no places',
      'a.csv',
      `题目,A,B,C,D,答案\n${[1, 2, 4, 8].map(key => `${S}${key},${CITIES.join(',')},${key}`).join('\n')}`,
      [
        'row 2: index.undecided',
        'row 3: index.undecided',
        'row 4: index.undecided',
        'row 5: index.undecided',
      ],
    ],
    ['A或B names none', 'a.txt', `${CAPITAL}答案：A或B`, ['line 1: answer.not-an-option']],
    [
      'a letter with the words of another',
      'a.txt',
      `${CAPITAL}答案：A 北京`,
      ['line 1: answer.contradicts-itself'],
    ],
    [
      'a mark and another answer',
      'a.txt',
      `${CAPITAL.replace('广州', '广州 √')}答案：B`,
      ['line 1: answer.contradicts-itself'],
    ],
    [
      'an answer ② without ② in the stem',
      'a.csv',
      `题目,答案\n${S},②\n${M},①`,
      ['row 2: options.missing', 'row 3: options.missing'],
    ],
    [
      'a question about a picture',
      'a.json',
      JSON.stringify([{ question: '这是什么标志？<img src="1.png">', options: CITIES, answer: 'B' }]),
      ['$[0]: stem.picture'],
    ],
    [
      'a table whose answers nobody names',
      'a.csv',
      `题目,甲方意见\n${RIGHT},对\n${FALSE},错`,
      ['table: layout.unknown'],
    ],
    [
      'two questions with the number an answer names',
      'a.xlsx',
      workbook({
        题: {
          rows: [
            ['题号', '题目', 'A', 'B'],
            [1, S, '上海', '北京'],
            [1, M, '北京', '天津'],
          ],
        },
        答案: {
          rows: [
            ['题号', '答案'],
            [1, 'B'],
          ],
        },
      }),
      ['题 row 2: answer.missing', '题 row 3: answer.missing'],
    ],
    [
      'letters of judge questions explained in two ways',
      'a.txt',
      `判断题（A为正确，B为错误）\n1. ${RIGHT}\n答案：A\n判断题（A错误，B正确）\n2. ${FALSE}\n答案：A`,
      ['line 2: answer.letter-unexplained', 'line 5: answer.letter-unexplained'],
    ],
  ])('%s', async (_, name, content, expected) => {
    expect((await findingsOf(content, name)).rejected).toEqual(expected)
  })
})
