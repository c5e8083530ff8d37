import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { PolicyArticle, PolicyDocument, PolicyVersion } from '#server/policy/model'
import { findFiles, importPolicyFiles } from '#server/policy/service'
import { startDatabase } from '../support/app.ts'
import { paragraph, wordFile } from '../support/documents.ts'
import { pdfBomb } from '../support/policy-files.ts'

startDatabase()
const now = new Date('2026-11-28T09:00:00+08:00')
const folder = mkdtempSync(join(tmpdir(), 'rizhi-bad-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string, content: Buffer | string) => writeFileSync(join(folder, name), content)
/** A file of 200 MB that takes no room. */
const putLarge = (name: string) => {
  put(name, '')
  truncateSync(join(folder, name), 200 * 2 ** 20)
}

/** Runs work and tells by how many megabytes the process grew at most meanwhile. */
async function watched<T>(work: () => Promise<T>): Promise<{ value: T; grown: number }> {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
  const value = await work()
  clearInterval(timer)
  return { value, grown: (most - before) / 2 ** 20 }
}

test('files made to harm are each told in a sentence, leave nothing behind and take bounded memory', async () => {
  put('乱一.docx', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4_000, 7)]))
  put('乱二.pdf', Buffer.from('89504e470d0a1a0a00', 'hex'))
  put('乱三.pdf', wordFile([paragraph('第一条 办事。')]))
  put('空一.docx', '')
  put('空二.pdf', '')
  putLarge('大一.docx')
  putLarge('大二.pdf')
  put('大三.txt', `某县办法\n第一条 ${'办事'.repeat(1_600_000)}`)
  put('大四.docx', wordFile(Array.from({ length: 400_000 }, () => paragraph('第一条 办事先登记。'))))
  put('大五.pdf', pdfBomb(4_000))
  put('坏一.html', `<html><body>${'<div>'.repeat(100_000)}<p>第一条 办事。</p>`)
  put('末.md', '# 某县好办法(2024-05-01)\n\n第一条 办事先登记。')
  const call = { source: folder, files: (await findFiles(folder)) ?? [], collectedOn: null, now }

  const { value: report, grown } = await watched(() => importPolicyFiles(call))

  const kinds: Record<string, string | null> = {
    乱: 'file.mismatch',
    空: 'file.empty',
    大: 'file.too-large',
    坏: 'file.broken',
    末: null,
  }
  expect(report.rows.map(({ file, code }) => [file, code])).toEqual(
    report.rows.map(({ file }) => [file, kinds[file.charAt(0)]]),
  )
  expect(report.counts).toMatchObject({ added: 1, rejected: 9, skipped: 2 })
  expect(
    report.rows.filter(({ code, reason }) => code !== null && !/^[\p{Script=Han}]/u.test(reason)),
  ).toEqual([])
  expect(await PolicyDocument.countDocuments({})).toBe(1)
  expect(await PolicyVersion.countDocuments({})).toBe(1)
  expect(await PolicyArticle.countDocuments({})).toBe(1)
  // A gigabyte is the limit; what grows between two looks comes on top.
  expect(grown).toBeLessThan(1_600)
}, 180_000)

test('a document of GB18030 and one of UTF-16 are read like any other', async () => {
  const inGb18030 = [
    0xc4, 0xb3, 0xcf, 0xd8, 0xb0, 0xec, 0xb7, 0xa8, 0x0a, 0xb5, 0xda, 0xd2, 0xbb, 0xcc, 0xf5, 0x20,
  ]
  const place = mkdtempSync(join(tmpdir(), 'rizhi-code-'))
  writeFileSync(
    join(place, '甲(2024-05-01).txt'),
    Buffer.from([...inGb18030, 0xb0, 0xec, 0xca, 0xc2, 0xa1, 0xa3]),
  )
  writeFileSync(join(place, '乙(2024-05-01).txt'), Buffer.from('\uFEFF某县规定\n第一条 办完。', 'utf16le'))

  const files = (await findFiles(place)) ?? []
  const { rows } = await importPolicyFiles({ source: place, files, collectedOn: null, now })

  expect(
    rows
      .map(({ title, articles }) => [title, articles])
      .sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
  ).toEqual([
    ['某县办法', 1],
    ['某县规定', 1],
  ])
  rmSync(place, { recursive: true })
})
