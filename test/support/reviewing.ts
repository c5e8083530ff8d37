import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import { grantRole } from '#server/account/grant-service'
import { PolicyArticle } from '#server/policy/model'
import { findFiles, importPolicyFiles, importStatusTable } from '#server/policy/service'
import type { Role } from '#shared/endpoint'
import type { SignedIn, TestApp } from './app.ts'

/** A folder of policy files of a test file, and how to import what is in it. */
export function lawFolder(now: () => Date) {
  const folder = mkdtempSync(join(tmpdir(), 'rizhi-review-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return {
    folder,
    write,
    load: async () =>
      importPolicyFiles({
        source: folder,
        files: ((await findFiles(folder)) ?? []).filter(({ path }) => path.endsWith('.md')),
        collectedOn: null,
        now: now(),
      }),
    status: (line: string) =>
      importStatusTable({
        file: write('状态.csv', `文件名称,事件,日期,施行日期,取代它的文件,来源,核对日期\n${line}`),
        now: now(),
      }),
  }
}

/** The id of an article by its label and a word of it. */
export async function articleId(label: string, word: string): Promise<string> {
  const article = await PolicyArticle.findOne({ label, text: { $regex: word } }).lean()
  if (article === null) throw new Error(`no article ${label}`)
  return article._id.toString()
}

/** A cadre who holds a role. */
export async function asRole(app: TestApp, name: string, role: Role): Promise<SignedIn> {
  const cadre = await app.as(name)
  await grantRole({ cadreId: cadre.id, role, by: 'cli', now: app.now })
  return cadre
}
