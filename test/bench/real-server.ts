import type { AddressInfo } from 'node:net'
import type { Middleware } from 'koa'
import mongoose from 'mongoose'
import { createApp } from '#server/app'
import { connect, disconnect, ping } from '#server/base/database'
import { createLog } from '#server/base/log'
import { health } from '#server/http/health'
import { observe } from '#server/http/observe'
import { anAssistant } from '../support/assistant.ts'
import { keep, recorder } from './recording.ts'

/** The real server on one database, as `main.ts` puts it together; with RECORD it writes down every answer's commands. */
async function run(uri: string, dbName: string, recordTo: string | undefined): Promise<void> {
  await connect(uri, { dbName, monitorCommands: Boolean(recordTo) })
  const log = createLog('warn')
  const now = () => new Date()
  const assistant = anAssistant(now, log)
  const app = createApp({
    now,
    log,
    site: { name: 'bench', version: '0', model: null },
    assistant,
    demo: true,
    channels: [],
    before: [
      ...(recordTo ? [recording(recordTo)] : []),
      observe(log),
      health({ ready: ping, metricsToken: undefined }),
    ],
  })
  const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
  process.once('disconnect', () => {
    server.close()
    server.closeAllConnections()
    void assistant.end().then(disconnect)
  })
}

function recording(file: string): Middleware {
  const { begin, end } = recorder(mongoose.connection.getClient() as never)
  return async (ctx, next) => {
    begin()
    await next()
    if (!ctx.path.endsWith('/answer') || ctx.status !== 200) return
    keep(file, { key: `${ctx.get('authorization')} ${ctx.path}`, waves: end(), reply: String(ctx.body) })
  }
}

const [, , uri = '', dbName = '', recordTo] = process.argv
void run(uri, dbName, recordTo)
