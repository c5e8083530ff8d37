import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'

/** Chromium as it runs in a container without a display. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const SHOTS = join(__dirname, 'shots')
/** Time for a movement of at most 200 ms to end before a picture is taken. */
const STILL_MS = 400

/** A screen somebody holds or sits at. */
export interface Screen {
  name: string
  width: number
  height: number
  scheme: 'light' | 'dark'
  /** 字号, as chosen on the page 我的. */
  fontScale?: 1.25 | 1.5
}

/** Starts the browser. */
export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ARGS })

/** Somebody in front of the h5 mini-program. */
export interface Cadre {
  page: Page
  /** Something on the page in view; the pages below it stay in the document. */
  see: (selector: string) => Locator
  /** A picture to be looked at. */
  shot: (name: string) => Promise<void>
  /** What the browser complained about. */
  complaints: string[]
}

/** Opens the address on a screen and signs in by name. */
export async function signIn(browser: Browser, url: string, name: string, screen: Screen): Promise<Cadre> {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    colorScheme: screen.scheme,
    locale: 'zh-CN',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  if (screen.fontScale) {
    const kept = JSON.stringify({ data: JSON.stringify(screen.fontScale) })
    await page.addInitScript(value => localStorage.setItem('font-scale', value), kept)
  }
  let number = 0
  const cadre: Cadre = {
    page,
    complaints,
    see: selector => page.locator(`.taro_page:not(.taro_page_shade) ${selector}`),
    async shot(what) {
      mkdirSync(SHOTS, { recursive: true })
      number += 1
      await page.waitForTimeout(STILL_MS)
      await page.screenshot({
        path: join(SHOTS, `${screen.name}-${String(number).padStart(2, '0')}-${what}.png`),
      })
    },
  }
  await page.goto(url)
  await cadre.see('.sign-in-form').waitFor()
  await cadre.shot('sign-in')
  await cadre.see('input').fill(name)
  await cadre.see('.btn-seal').click()
  await cadre.see('.lesson-card').waitFor()
  return cadre
}

/** Reads the lesson to its end and goes on to the questions. */
export async function readLesson({ see, shot }: Cadre): Promise<void> {
  await see('.lesson-card .btn').click()
  await see('.lesson-title').waitFor()
  await shot('lesson')
  while ((await see('.page-foot .btn').innerText()) === '下一节') await see('.page-foot .btn').click()
  await see('.tomorrow').waitFor()
  await shot('lesson-end')
  await see('.page-foot .btn').click()
  await see('.commit').waitFor()
}

/** Answers the open question with the given options, or with any text where there are gaps. */
export async function answer({ see }: Cadre, labels: string[]): Promise<void> {
  const marks = await see('.mark').count()
  const gaps = await see('.gap-input input').all()
  for (const gap of gaps) await gap.fill('不清楚')
  if (gaps.length === 0) {
    for (const label of labels) {
      await see('.option')
        .nth(label.charCodeAt(0) - 'A'.charCodeAt(0))
        .click()
    }
  }
  await see('.commit').click()
  await see('.mark').nth(marks).waitFor()
}

/** The right options of the latest mark, as it shows them. */
export async function keyShown({ see }: Cadre): Promise<string[]> {
  const rows = await see('.mark').last().locator('.result.is-right .result-body').allInnerTexts()
  return rows.map(row => row.trim().charAt(0))
}

/** What sticks out of the page sideways, except in the lines that scroll. */
export const sticksOut = ({ page }: Cadre): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.taro_page:not(.taro_page_shade) *')]
      .filter(
        element =>
          !element.closest('.chips, .desk-tabs') && element.getBoundingClientRect().right > innerWidth + 1,
      )
      .map(element => element.className),
  )

/** A picture of a page on which nothing sticks out. */
export async function whole(cadre: Cadre, name: string): Promise<void> {
  await cadre.shot(name)
  expect([name, await sticksOut(cadre)]).toEqual([name, []])
}
