// The database's tests in full: `node test/embedded/check.mjs [section…]`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** The files of each section, as jest's patterns. */
const sections = {
  durability: ['durability', 'full-disk', 'log\\.test', 'start\\.test'],
  isolation: ['isolation', 'limit'],
  answers: [
    'answers',
    'model',
    'command',
    'index\\.test',
    'name\\.test',
    'encode',
    'expression',
    'date-expression',
    'window',
    'collation',
    'update-',
    'projection',
  ],
  collections: ['admin', 'capped', 'collection-option', 'output', 'validator', 'view'],
  driver: ['driver', '../driver/'],
  safety: ['safety', 'wire\\.test'],
  operations: ['operation'],
}
/** Long enough for every test in full on a slow machine; a test that hangs still ends. */
const testTimeout = 20 * 60_000

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !(name in sections))
if (unknown.length) {
  console.error(`no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`)
  process.exit(2)
}

const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.test.ts'))
const homeless = files.filter(
  name =>
    !Object.values(sections)
      .flat()
      .some(one => new RegExp(`^${one}`).test(name)),
)
if (homeless.length) {
  console.error(`in no section: ${homeless.join(', ')}`)
  process.exit(2)
}

/** What jest has counted; nothing when it could not run. */
function countIn(file) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** Runs a section; one without tests has failed. */
async function run(name) {
  console.log(`\n=== ${name} ===\n`)
  const folder = mkdtempSync(join(tmpdir(), 'database-check-'))
  const result = join(folder, 'result.json')
  const began = process.hrtime.bigint()
  const patterns = sections[name].map(pattern => posix.join('test/embedded', pattern))
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const options = [`--testTimeout=${testTimeout}`, '--json', `--outputFile=${result}`]
  const child = spawn(process.execPath, [jest, ...patterns, ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DATABASE_CHECK: 'full' },
  })
  const [code] = await once(child, 'exit')
  const { passed, failed } = countIn(result)
  rmSync(folder, { recursive: true })
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n)
  const wrong = failed || (code !== 0 || !passed ? 1 : 0)
  console.log(`\n${name}: ${passed} passed, ${wrong} failed, ${seconds} s`)
  return { section: name, passed, failed: wrong, seconds }
}

const results = []
for (const name of asked.length ? asked : Object.keys(sections)) results.push(await run(name))
const sum = key => results.reduce((total, result) => total + result[key], 0)
results.push({ section: 'all', passed: sum('passed'), failed: sum('failed'), seconds: sum('seconds') })

console.log()
const row = cells => cells.map((cell, i) => String(cell)[i ? 'padStart' : 'padEnd'](i ? 9 : 14)).join('')
console.log(row(['section', 'passed', 'failed', 'seconds']))
for (const result of results) console.log(row(Object.values(result)))
process.exitCode = sum('failed') ? 1 : 0
