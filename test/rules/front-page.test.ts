import { expect, test } from '@jest/globals'
import { frontPage } from '#server/http/front-page'

test('while the mini-program is built the page tells how long it takes and reloads itself', () => {
  const page = frontPage({ phase: 'building', since: 1_000, expectedSeconds: 40 }, '日知', 6_000)

  expect(page).toContain('data-elapsed="5000" data-expected="40"')
  expect(page).toContain('role="progressbar"')
  expect(page).toContain('location.reload()')
})

test('a failed build shows its last lines as text and what to do', () => {
  const page = frontPage({ phase: 'failed', lines: ['Error: <script>alert(1)</script>'] }, '日知', 0)

  expect(page).toContain('npm install')
  expect(page).toContain('Error: &#60;script&#62;alert(1)')
  expect(page).not.toContain('<script>alert')
})
