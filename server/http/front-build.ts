import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { root } from '../base/paths.ts'
import { frontFolder, type FrontType, isCurrent, secondsFile, sourceHash, STAMP } from './front-source.ts'

/** Smaller files gain nothing. */
const WORTH_COMPRESSING = 1024

/** Builds the mini-program unless it is current. Rejects when the build fails; its output is on standard output. */
async function buildFront(type: FrontType): Promise<void> {
  const hash = await sourceHash()
  if (isCurrent(type, hash)) return
  const release = await lock(type)
  try {
    if (isCurrent(type, hash)) return
    const began = Date.now()
    rmSync(frontFolder(type), { recursive: true, force: true })
    await runTaro(type)
    if (type === 'h5') await compress(frontFolder(type))
    writeFileSync(join(frontFolder(type), STAMP), hash)
    writeFileSync(secondsFile(type), String(Math.round((Date.now() - began) / 1000)))
  } finally {
    release()
  }
}

function runTaro(type: FrontType): Promise<void> {
  const taro = join(root, 'node_modules/@tarojs/cli/bin/taro')
  const child = spawn(process.execPath, [taro, 'build', '--type', type], {
    cwd: join(root, 'miniprogram'),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', BROWSERSLIST_IGNORE_OLD_DATA: '1' },
  })
  process.once('SIGTERM', () => {
    child.kill()
    process.exit(143)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => (code === 0 ? resolve() : reject(new Error(`taro ended with ${code}`))))
  })
}

/** Puts `.br` and `.gz` beside each text file, so that serving costs no computing. */
async function compress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !/\.(html|js|css|json|svg|txt)$/.test(file)) continue
    if (statSync(file).size < WORTH_COMPRESSING) continue
    const bytes = await readFile(file)
    const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
    await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, brotli))
    await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
  }
}

const LOCK_WAIT_MS = 500
/** A lock older than this belongs to a build that was killed. */
const LOCK_LIFE_MS = 10 * 60 * 1000

/** Keeps two builds of the same end apart: a start and a test run may want one at the same moment. */
async function lock(type: FrontType): Promise<() => void> {
  const folder = join(root, 'dist', `.${type}-building`)
  mkdirSync(join(root, 'dist'), { recursive: true })
  for (;;) {
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, 'pid'), String(process.pid))
      const remove = (): void => rmSync(folder, { recursive: true, force: true })
      process.once('exit', remove)
      return () => {
        process.off('exit', remove)
        remove()
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (abandoned(folder)) rmSync(folder, { recursive: true, force: true })
      else await new Promise(resolve => setTimeout(resolve, LOCK_WAIT_MS))
    }
  }
}

/** True when whoever holds the lock is gone. */
function abandoned(folder: string): boolean {
  try {
    if (Date.now() - statSync(folder).mtimeMs > LOCK_LIFE_MS) return true
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

buildFront(process.argv[2] === 'weapp' ? 'weapp' : 'h5').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
