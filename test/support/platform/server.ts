import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from './clock.ts'
import { type Desk, Refusal, type TakenCall } from './desk.ts'
import { createFaults, type Fault, type Faults } from './fault.ts'
import { createQuota, type Quota } from './quota.ts'

/** A call as the stand-in's own log keeps it, in the order of arrival. */
export interface LoggedCall {
  at: number
  path: string
  body: Record<string, unknown>
  /** The body as it was sent. */
  text: string
  /** 0 done, otherwise an errcode; `lost` when the caller got no answer of ours. Undefined while at work. */
  ended: number | 'lost' | undefined
  /** Whether the work was done, answered or not. */
  done: boolean
}

/** A platform's server API on a real port. */
export interface PlatformServer {
  readonly base: string
  readonly log: LoggedCall[]
  readonly faults: Faults
  readonly quota: Quota
  listen: (port?: number) => Promise<void>
  stop: () => Promise<void>
}

export interface Platform {
  clock: Clock
  desk: Desk
  /** What stands before every path, as in a private deployment. */
  prefix?: string | undefined
  /** Throws a `Refusal` unless the token is good; null when there is none. */
  authorise: (token: string | null) => void
}

/** A server that answers like WeChat's and WeCom's: HTTP 200 always, text/plain, an errcode and a `rid` for failures. */
export function createPlatformServer(platform: Platform): PlatformServer {
  const log: LoggedCall[] = []
  const faults = createFaults()
  const quota = createQuota(platform.clock)
  let base = ''
  const server = createServer((request, response) => {
    take(request, response, { ...platform, log, faults, quota }).catch(() => response.destroy())
  })
  return {
    get base() {
      return base
    },
    log,
    faults,
    quota,
    listen: async (port = 0) => {
      await new Promise<void>((listening, failed) => {
        server.once('error', failed)
        server.listen(port, '127.0.0.1', listening)
      })
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}${platform.prefix ?? ''}`
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise(closed => server.close(closed))
    },
  }
}

type Working = Platform & Pick<PlatformServer, 'log' | 'faults' | 'quota'>

async function take(request: IncomingMessage, response: ServerResponse, work: Working): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://platform')
  const text = await bodyOf(request)
  const { prefix = '' } = work
  if (!url.pathname.startsWith(`${prefix}/`)) return void response.writeHead(404).end()
  const path = url.pathname.slice(prefix.length)
  const call = { method: request.method ?? '', path, query: url.searchParams, text, json: {} }
  const logged: LoggedCall = { at: work.clock.now(), path, body: {}, text, ended: undefined, done: false }
  work.log.push(logged)
  const fault = work.faults.next(path)
  if (isFinal(fault)) {
    logged.ended = typeof fault === 'number' ? fault : 'lost'
    return fail(response, fault)
  }
  if (typeof fault === 'object') await new Promise(later => setTimeout(later, fault.slowMs))
  const answer = await answerOf(call, logged, work)
  if (fault !== 'cut-after') return send(response, answer)
  logged.ended = 'lost'
  response.destroy()
}

type Final = Exclude<Fault, { slowMs: number } | 'cut-after'>

const isFinal = (fault: Fault | undefined): fault is Final =>
  fault !== undefined && fault !== 'cut-after' && !(typeof fault === 'object' && 'slowMs' in fault)

function fail(response: ServerResponse, fault: Final): void {
  if (typeof fault === 'number') send(response, refused(new Refusal(fault, 'fault')))
  else if (typeof fault === 'object') response.writeHead(fault.status).end('<html>')
  else if (fault === 'garbage') response.end('<html>')
  else if (fault === 'cut') response.destroy()
}

async function answerOf(call: TakenCall, logged: LoggedCall, work: Working): Promise<object> {
  try {
    const endpoint = work.desk[call.path]
    if (!endpoint) throw new Refusal(40066, 'invalid url')
    if (endpoint.method !== call.method)
      throw new Refusal(endpoint.method === 'POST' ? 43002 : 43001, `require ${endpoint.method} method`)
    if (!endpoint.open) work.authorise(call.query.get('access_token'))
    work.quota.count(call.path)
    if (endpoint.method === 'POST') call.json = logged.body = parsed(call.text)
    const answer = await endpoint.answer(call)
    logged.ended = 0
    logged.done = true
    return answer
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    logged.ended = error.errcode
    return refused(error)
  }
}

function parsed(text: string): Record<string, unknown> {
  if (text === '') throw new Refusal(44002, 'empty post data')
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return json as Record<string, unknown>
  } catch {
    // Told below.
  }
  throw new Refusal(47001, 'data format error')
}

const piece = (): string => randomBytes(4).toString('hex')
const refused = ({ errcode, message }: Refusal): object => ({
  errcode,
  errmsg: `${message} rid: ${piece()}-${piece()}-${piece()}`,
})

function send(response: ServerResponse, answer: object): void {
  response.setHeader('content-type', 'text/plain')
  response.end(JSON.stringify(answer))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
