import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from '@jest/globals'
import Koa from 'koa'
import { pages } from '#server/http/pages'

let server: Server | undefined
const folders: string[] = []

/** A server of the pages in a folder; answers what it gives for a path. */
async function serving(folder: string) {
  const front = { state: () => ({ phase: 'ready' as const, folder }), stop: () => undefined }
  const koa = new Koa().use(pages(front, '日知'))
  const listening = await new Promise<Server>(resolve => {
    const opened = koa.listen(0, '127.0.0.1', () => resolve(opened))
  })
  server = listening
  const { port } = listening.address() as AddressInfo
  return (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
}

function builtFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rizhi-pages-'))
  folders.push(folder)
  writeFileSync(join(folder, 'index.html'), '<h1>日知</h1>')
  writeFileSync(join(folder, 'app.0123abcd.js'), 'run()')
  writeFileSync(join(folder, 'app.0123abcd.js.gz'), gzipSync('run()'))
  return folder
}

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test('without a built mini-program the page says so and what to do', async () => {
  const get = await serving('/nowhere/h5')
  const response = await get('/')

  expect(response.status).toBe(503)
  expect(await response.text()).toContain('npm run build:h5')
  expect((await get('/favicon.ico')).status).toBe(404)
})

test('files come compressed as they were built, pages anew each time and hashed files once a year', async () => {
  const folder = builtFolder()
  const get = await serving(folder)
  const page = await get('/')
  const script = await get('/app.0123abcd.js')

  expect(await page.text()).toBe('<h1>日知</h1>')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('etag')).not.toBeNull()
  expect(script.headers.get('content-encoding')).toBe('gzip')
  expect(script.headers.get('content-type')).toContain('javascript')
  expect(script.headers.get('cache-control')).toContain('immutable')
  expect(await script.text()).toBe(gunzipSync(gzipSync('run()')).toString())
})

test('a build made meanwhile is served, and a file that went away is not found', async () => {
  const folder = builtFolder()
  const get = await serving(folder)
  expect((await get('/app.0123abcd.js')).status).toBe(200)

  rmSync(join(folder, 'app.0123abcd.js'))
  rmSync(join(folder, 'app.0123abcd.js.gz'))
  writeFileSync(join(folder, 'app.89abcdef.js'), 'runAgain()')

  expect((await get('/app.0123abcd.js')).status).toBe(404)
  expect(await (await get('/app.89abcdef.js')).text()).toBe('runAgain()')
})
