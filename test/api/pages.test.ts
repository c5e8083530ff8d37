import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import Koa from 'koa'
import { pages } from '#server/http/pages'

const front = { state: () => ({ phase: 'ready' as const, folder: '/nowhere/h5' }), stop: () => undefined }
let server: Server

beforeAll(async () => {
  const koa = new Koa().use(pages(front, '日知'))
  await new Promise<void>(listening => {
    server = koa.listen(0, '127.0.0.1', () => listening())
  })
})
afterAll(() => void server.close())

test('without a built mini-program the page says so and what to do', async () => {
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/`)

  expect(response.status).toBe(503)
  expect(await response.text()).toContain('npm run build:h5')
  expect((await fetch(`http://127.0.0.1:${port}/favicon.ico`)).status).toBe(404)
})
