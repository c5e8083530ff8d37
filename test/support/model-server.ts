import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'
import {
  ChatMessage,
  type Manner,
  MANNERS,
  relevanceOf,
  replyTo,
  tokensOf,
  vectorOf,
} from './model-replies.ts'

/** What can be wrong with the service itself, whatever the model says. */
export const FAULTS = [
  'slow',
  'hang',
  'cut',
  'stall',
  'busy',
  'failing',
  'unavailable',
  'key',
  'malformed',
] as const
export type Fault = (typeof FAULTS)[number]

/** An OpenAI-compatible service with a stand-in for a model. */
export interface ModelServer {
  /** What a client takes as its base URL: `http://127.0.0.1:<port>/v1`. */
  readonly base: string
  readonly key: string
  /** How calls are answered from now on. */
  behave: (how: { manner?: Manner; fault?: Fault }) => void
  /** What was asked so far. */
  readonly asked: Asked[]
  stop: () => Promise<void>
}

export interface Asked {
  path: string
  body: unknown
  /** True once the caller went away before the end. */
  abandoned: boolean
}

export interface ModelServerOptions {
  port?: number
  /** Before the first token in the manner `slow`. */
  slowMs?: number
  /** Between two pieces. */
  paceMs?: number
  /** What `Retry-After` says in seconds. */
  retryAfter?: number
}

const Chat = z.object({
  model: z.string(),
  messages: z.array(ChatMessage).min(1),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
})
const Embedding = z.object({ model: z.string(), input: z.union([z.string(), z.array(z.string())]) })
const Rerank = z.object({ model: z.string(), query: z.string(), documents: z.array(z.string()) })

const KEY = 'the-model-key-of-the-tests'
const DIMENSIONS = 64
/** Characters of a streamed piece. */
const PIECE = 6

interface How {
  manner: Manner
  fault: Fault | undefined
}

/**
 * Starts a real HTTP server with `/v1/chat/completions`, `/v1/embeddings`, `/v1/rerank` and `/v1/models`. A model name
 * such as `demo:cut` or `demo:hostile` asks for that manner or fault in one call, so that it can be driven by settings.
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const asked: Asked[] = []
  let set: How = { manner: 'quote', fault: undefined }
  const server = createServer((request, response) => {
    answer(request, response, { ...options, how: () => set, asked }).catch(() => response.destroy())
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(options.port ?? 0, '127.0.0.1', listening)
  })
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    key: KEY,
    behave: ({ manner = 'quote', fault }) => {
      set = { manner, fault }
    },
    asked,
    stop: () => stopped(server),
  }
}

interface Service extends ModelServerOptions {
  how: () => How
  asked: Asked[]
}

async function answer(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://model').pathname
  const body = await bodyOf(request)
  const asked: Asked = { path, body, abandoned: false }
  service.asked.push(asked)
  response.once('close', () => {
    asked.abandoned = !response.writableFinished
  })
  if (request.headers.authorization !== `Bearer ${KEY}`) return refuse(response, 401, 'invalid_api_key')
  const how = askedFor(body, service.how())
  switch (how.fault) {
    case 'hang':
      return
    case 'busy':
      return refuse(response, 429, 'rate_limit_exceeded', service.retryAfter)
    case 'failing':
      return refuse(response, 500, 'server_error')
    case 'unavailable':
      return refuse(response, 503, 'overloaded', service.retryAfter)
    case 'key':
      return refuse(response, 401, 'invalid_api_key')
    case 'malformed':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [{"mess')
      return
    case 'slow':
      await pause(service.slowMs ?? 500)
      break
    case 'cut':
    case 'stall':
    case undefined:
  }
  await serve(path, body, response, { ...service, ...how })
}

async function serve(
  path: string,
  body: unknown,
  response: ServerResponse,
  service: ModelServerOptions & How,
) {
  if (path === '/v1/models')
    return json(response, { object: 'list', data: [{ id: 'demo', object: 'model' }] })
  if (path === '/v1/embeddings') return embed(response, Embedding.safeParse(body))
  if (path === '/v1/rerank') return rerank(response, Rerank.safeParse(body))
  if (path !== '/v1/chat/completions') return refuse(response, 404, 'not_found')
  const chat = Chat.safeParse(body)
  if (!chat.success) return refuse(response, 400, 'invalid_request_error')
  const text = replyTo(chat.data.messages, service.manner)
  const prompt = chat.data.messages.reduce((sum, { content }) => sum + tokensOf(content), 0)
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: tokensOf(text),
    total_tokens: prompt + tokensOf(text),
  }
  const face = { id: 'chatcmpl-1', created: 0, model: chat.data.model }
  if (chat.data.stream) {
    const wanted = chat.data.stream_options?.include_usage === true ? usage : undefined
    return stream(response, text, { face, usage: wanted, ...service })
  }
  const message = { role: 'assistant', content: text }
  json(response, {
    ...face,
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage,
  })
}

async function stream(
  response: ServerResponse,
  text: string,
  { face, usage, fault, paceMs = 1 }: { face: object; usage: object | undefined } & ModelServerOptions & How,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const send = (part: object) =>
    response.write(`data: ${JSON.stringify({ ...face, object: 'chat.completion.chunk', ...part })}\n\n`)
  const letters = [...text]
  const half = Math.floor(letters.length / 2)
  for (let at = 0; at < letters.length; at += PIECE) {
    if (at >= half && fault === 'cut') return void response.destroy()
    if (at >= half && fault === 'stall') return
    const content = letters.slice(at, at + PIECE).join('')
    send({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
    await pause(paceMs)
    if (response.closed) return
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
  if (usage) send({ choices: [], usage })
  response.end('data: [DONE]\n\n')
}

function embed(response: ServerResponse, { data: body }: ReturnType<typeof Embedding.safeParse>): void {
  if (!body) return refuse(response, 400, 'invalid_request_error')
  const data = [body.input].flat().map((text, index) => ({
    object: 'embedding',
    index,
    embedding: vectorOf(text, DIMENSIONS),
  }))
  json(response, { object: 'list', model: body.model, data, usage: { prompt_tokens: 0, total_tokens: 0 } })
}

function rerank(response: ServerResponse, { data: body }: ReturnType<typeof Rerank.safeParse>): void {
  if (!body) return refuse(response, 400, 'invalid_request_error')
  const results = body.documents.map((text, index) => ({
    index,
    relevance_score: relevanceOf(body.query, text),
  }))
  json(response, { results: results.sort((a, b) => b.relevance_score - a.relevance_score) })
}

/** `demo:cut` and `demo:hostile` ask for a fault or a manner; any other name for what was set. */
function askedFor(body: unknown, set: How): How {
  const name = z.object({ model: z.string() }).safeParse(body).data?.model.split(':')[1]
  const manner = MANNERS.find(one => one === name)
  const fault = FAULTS.find(one => one === name)
  return { manner: manner ?? set.manner, fault: fault ?? set.fault }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    return undefined
  }
}

function refuse(response: ServerResponse, status: number, code: string, retryAfter?: number): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter))
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { message: code, type: code, code } }))
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

function stopped(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(closed => server.close(() => closed()))
}
