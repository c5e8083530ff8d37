import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MongoClient } from 'mongodb'

/**
 * `npm run test:mongodb [-- --all] [jest's own words]`: runs the tests of this folder, or with --all the whole suite,
 * on a real MongoDB: the replica set of TEST_MONGODB_URI, or one that mongodb-memory-server downloads and starts.
 * Ends with 2 and one sentence when there is neither.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const memoryServer = 'mongodb-memory-server-core'
const NO_SERVER = 2

/** A replica set that runs until it is stopped; throws when the package or its download cannot be had. */
async function startMemoryServer() {
  const temporary = mkdtempSync(join(tmpdir(), 'rizhi-mongodb-'))
  const remove = () => rmSync(temporary, { recursive: true, force: true })
  try {
    const install = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', temporary]
    await promisify(execFile)('npm', [...install, memoryServer], { shell: process.platform === 'win32' })
    const { MongoMemoryReplSet } = createRequire(join(temporary, 'node_modules/'))(memoryServer)
    const set = await quietly(() => MongoMemoryReplSet.create({ replSet: { count: 1 } }))
    const stop = async () => {
      await set.stop()
      remove()
    }
    return { uri: set.getUri(), stop }
  } catch (error) {
    remove()
    throw error
  }
}

/** The package writes its failures to the terminal too; they are told once, here. */
async function quietly(work) {
  const { warn, error } = console
  console.warn = console.error = () => {}
  try {
    return await work()
  } finally {
    Object.assign(console, { warn, error })
  }
}

/** What a server says of itself; throws when it does not answer or cannot run transactions. */
async function nameOf(uri) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 })
  try {
    const admin = client.db('admin')
    const { setName, msg } = await admin.command({ hello: 1 })
    if (!setName && msg !== 'isdbgrid') throw new Error('it is not a replica set')
    const { version, gitVersion } = await admin.command({ buildInfo: 1 })
    return gitVersion === 'embedded' ? 'the embedded database, which is not MongoDB' : `MongoDB ${version}`
  } finally {
    await client.close()
  }
}

function runTests(uri, args) {
  const jest = createRequire(join(root, 'package.json')).resolve('jest/bin/jest')
  const folders = args.includes('--all') ? [] : ['test/driver']
  const words = args.filter(word => word !== '--all')
  const child = spawn(process.execPath, [jest, ...folders, ...words], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TEST_MONGODB_URI: uri },
  })
  return new Promise(ended => child.once('exit', code => ended(code ?? 1)))
}

const given = process.env.TEST_MONGODB_URI
const nothing = given
  ? 'TEST_MONGODB_URI cannot be tested on'
  : `There is no MongoDB to test on: TEST_MONGODB_URI is not set, and ${memoryServer} cannot be had`

/** The last line of what npm, the download or the server said. */
const reasonOf = error =>
  String(error?.message ?? error)
    .trim()
    .split('\n')
    .at(-1)

async function run() {
  const server = given ? { uri: given, stop: async () => {} } : await startMemoryServer()
  console.log(`The tests run on ${await nameOf(server.uri)}.`)
  try {
    return await runTests(server.uri, process.argv.slice(2))
  } finally {
    await server.stop()
  }
}

process.exitCode = await run().catch(error => {
  console.error(`${nothing}: ${reasonOf(error)}`)
  return NO_SERVER
})
