import { beforeAll, expect, test } from '@jest/globals'
import { wxmlToJs, wxssToJs } from 'miniprogram-compiler'
import { BUILD_MS, builtFront } from '../support/front.ts'

let folder = ''

beforeAll(async () => {
  folder = await builtFront('weapp')
}, BUILD_MS)

test('WeChat’s own compilers take every WXML and WXSS of the build', () => {
  const pages = [
    'today',
    'lesson',
    'practice',
    'me',
    'entries',
    'clause',
    'questions',
    'answer',
    'checklist',
    'review',
    'review-item',
    'topics',
    'reminders',
    'inbox',
    'suggestion',
    'profile',
    'devices',
    'privacy',
    'about',
    'sign-in',
  ]
  const templates = wxmlToJs(folder)
  for (const page of pages) expect(templates).toContain(`pages/${page}/index.wxml`)
  expect(wxssToJs(folder)).toContain('setCssToHead')
})
