import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const scss = readFileSync(join(__dirname, '../../miniprogram/src/app.scss'), 'utf8')
const themes = readFileSync(join(__dirname, '../../miniprogram/src/theme.json'), 'utf8')

type Table = Record<string, string>

/** The colours of one block of tokens. */
const tableOf = (block: string): Table =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name = '', hex = '']) => [name, hex]),
  )

const [lightBlock = '', darkBlock = ''] = scss.split('@media (prefers-color-scheme: dark)')
const light = tableOf(lightBlock)
const dark = tableOf(darkBlock)

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

/** What is read on what. */
const text: [string, string][] = [
  ...['paper', 'card', 'press', 'bubble'].map((ground): [string, string] => ['ink', ground]),
  ...['paper', 'card', 'press'].map((ground): [string, string] => ['ink-2', ground]),
  ...['paper', 'card', 'press'].map((ground): [string, string] => ['ink-3', ground]),
  ...['tea-soft', 'amber-soft', 'rust-soft'].flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink-2', ground],
  ]),
  ['on-seal', 'seal'],
  ['tea', 'card'],
  ['tea', 'tea-soft'],
  ['card', 'tea'],
  ['card', 'ink'],
  ['amber', 'amber-soft'],
  ['rust', 'card'],
  ['rust', 'paper'],
  ['rust', 'rust-soft'],
  ['link', 'card'],
  ['link', 'paper'],
]

/** Marks and borders that carry meaning. */
const marks: [string, string][] = [
  ['edge', 'card'],
  ['edge', 'paper'],
  ['ink', 'card'],
  ['tea', 'line'],
  ['seal', 'paper'],
]

describe.each([
  ['light', light],
  ['dark', dark],
])('the colours of %s mode', (_, table) => {
  const ratio = (one: string, other: string): number => contrast(table[one] ?? '', table[other] ?? '')

  test.each(text)('%s can be read on %s', (one, other) => {
    expect(ratio(one, other)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(marks)('%s stands out on %s', (one, other) => {
    expect(ratio(one, other)).toBeGreaterThanOrEqual(3)
  })
})

test('dark mode gives every colour a value of its own', () => {
  expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort())
})

test('WeChat’s own bars take the same paper and card', () => {
  const theme = JSON.parse(themes) as Record<'light' | 'dark', Table>
  for (const [name, table] of [
    ['light', light],
    ['dark', dark],
  ] as const) {
    expect(theme[name].paper?.toLowerCase()).toBe(table.paper)
    expect(theme[name].card?.toLowerCase()).toBe(table.card)
    expect(contrast(theme[name].hint ?? '', table.card ?? '')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme[name].seal ?? '', table.card ?? '')).toBeGreaterThanOrEqual(4.5)
  }
})

test('no colour is written anywhere but in the tokens', () => {
  const folder = join(__dirname, '../../miniprogram/src/styles')
  for (const name of readdirSync(folder)) {
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(/i)
  }
})
