import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { program, root } from '#server/base/paths'
import { startEmbedded } from '#server/embedded/start'
import { writeNumeral } from '#server/policy/split/numeral'
import { aDataFolder, cli } from '../support/server-process.ts'

const FILES = 400
const ARTICLES = 60

function folderOfLaws(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rizhi-crash-'))
  const articles = Array.from(
    { length: ARTICLES },
    (_, at) => `第${writeNumeral(at + 1)}条 办事${at}，先登记再办理。`,
  )
  for (let at = 0; at < FILES; at++) {
    writeFileSync(join(folder, `${at}号办法(2020-01-01).md`), `# ${at}号办法\n\n${articles.join('\n\n')}`)
  }
  return folder
}

/** Starts an import and ends the process without warning once it says how far it is. */
function killedImport(folder: string, dataDir: string): Promise<void> {
  const env = { ...process.env, DATA_DIR: dataDir, MONGODB_URI: '', H5_BUILD: '0' }
  const child = spawn(process.execPath, [program('cli'), 'import', 'policies', folder], { cwd: root, env })
  child.stderr.once('data', () => child.kill('SIGKILL'))
  return new Promise(resolve => child.once('close', () => resolve()))
}

/** What a data folder holds: versions, and how many articles each of them has. */
async function heldIn(directory: string): Promise<number[]> {
  const engine = await startEmbedded({
    directory,
    port: 0,
    fsync: 'always',
    workerFile: program('embedded-worker'),
  })
  const client = await new MongoClient(engine.uri).connect()
  const db = client.db('rizhi')
  const versions = await db.collection('policyversions').find({}).toArray()
  const counts = await Promise.all(
    versions.map(({ _id }) => db.collection('policyarticles').countDocuments({ version: _id })),
  )
  const all = await db.collection('policyarticles').countDocuments({})
  expect(all).toBe(counts.reduce((sum, count) => sum + count, 0))
  await client.close()
  await engine.stop()
  return counts
}

test('an import that is killed leaves whole documents only, and the next one brings the rest', async () => {
  const [folder, dataDir] = [folderOfLaws(), aDataFolder()]
  await killedImport(folder, dataDir)

  const held = await heldIn(dataDir)
  expect(held.length).toBeGreaterThan(0)
  expect(held.length).toBeLessThan(FILES)
  expect(new Set(held)).toEqual(new Set([ARTICLES]))

  const { out } = await cli(['import', 'policies', folder], { DATA_DIR: dataDir })
  expect(out).toContain(`新增 ${FILES - held.length} 份，新版本 0 份，文字有变 0 份，未变 ${held.length} 份`)
  expect(await heldIn(dataDir)).toEqual(Array.from({ length: FILES }, () => ARTICLES))
  rmSync(folder, { recursive: true })
}, 60_000)
