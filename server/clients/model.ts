import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import type { Stream } from 'openai/streaming'

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk

/** One message of a prompt. */
export interface PromptMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

/** Tokens of a call; counted by characters where the service does not tell. */
export interface Usage {
  prompt: number
  completion: number
  told: boolean
}

/** What the server asks of a language model. */
export interface Model {
  /** What the about page shows. */
  name: string
  filing: string | undefined
  /** Streams an answer: each piece as it comes, the whole at the end. Fails with a `ModelFailure` and nothing else. */
  write: (asked: Writing) => Promise<{ text: string; usage: Usage }>
  /** The price of a call in yuan. */
  costOf: (usage: Usage) => number
}

export interface Writing {
  messages: readonly PromptMessage[]
  /** Aborted when the cadre stops the answer. */
  signal?: AbortSignal
  onPiece?: (piece: string) => void
}

export interface ModelSettings {
  base: string
  key: string
  name: string
  filing?: string | undefined
  /** Yuan for a million tokens. */
  price?: { prompt: number; completion: number } | undefined
  /** How long until the first piece, from one piece to the next, and for the whole answer. */
  firstMs?: number
  pauseMs?: number
  wholeMs?: number
}

/**
 * What the caller has to do. `fall-back`: answer with excerpts this time. `wait`: the same, and do not ask the model
 * again for `seconds`. `set-up`: the same, and tell the operator that the settings are wrong. `stopped`: nothing, the
 * cadre stopped it.
 */
export type FailureKind = 'fall-back' | 'wait' | 'set-up' | 'stopped'

/** Why a model gave no whole answer. Holds neither prompt nor key nor what the service said. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
  readonly kind: FailureKind
  readonly reason: string
  readonly usage: Usage
  /** With `wait` only. */
  readonly seconds: number
  constructor(kind: FailureKind, reason: string, usage: Usage, seconds = 0) {
    super(`the model gave no answer: ${reason}`)
    this.kind = kind
    this.reason = reason
    this.usage = usage
    this.seconds = seconds
  }
}

const WAIT_SECONDS = 10
const LONGEST_WAIT_SECONDS = 600
/** Beyond this an answer is no answer any more. */
const MOST_CHARACTERS = 8_000

/** A client of any service with OpenAI's chat completions. */
export function createModel(settings: ModelSettings): Model {
  const { base, key, name, filing, price = { prompt: 0, completion: 0 }, wholeMs = 60_000 } = settings
  // `logLevel` off: the package would log requests when its debug variable is set.
  const api = new OpenAI({ baseURL: base, apiKey: key, maxRetries: 0, timeout: wholeMs, logLevel: 'off' })
  return {
    name,
    filing,
    write: asked => write(api, settings, asked),
    costOf: ({ prompt, completion }) => (prompt * price.prompt + completion * price.completion) / 1_000_000,
  }
}

async function write(api: OpenAI, settings: ModelSettings, { messages, signal, onPiece }: Writing) {
  const patience = patienceOf(settings, signal)
  let text = ''
  let told: Usage | undefined
  const usage = (): Usage => told ?? { ...counted(messages, text), told: false }
  try {
    const stream: Stream<Chunk> = await api.chat.completions.create(
      {
        model: settings.name,
        messages: [...messages],
        stream: true,
        stream_options: { include_usage: true },
        temperature: 0,
      },
      { signal: patience.signal },
    )
    let ended = false
    for await (const chunk of stream) {
      patience.heard()
      told = toldIn(chunk) ?? told
      const [choice] = chunk.choices ?? []
      ended ||= choice?.finish_reason != null
      const piece = choice?.delta?.content ?? ''
      text += piece
      if (piece !== '') onPiece?.(piece)
      if (text.length > MOST_CHARACTERS) throw new ModelFailure('fall-back', 'endless', usage())
    }
    if (patience.lost()) throw new ModelFailure('fall-back', 'timeout', usage())
    if (signal?.aborted) throw new ModelFailure('stopped', 'stopped', usage())
    if (!ended) throw new ModelFailure('fall-back', 'cut', usage())
    return { text, usage: usage() }
  } catch (error) {
    throw failureOf(error, { usage: usage(), stopped: signal?.aborted === true, lost: patience.lost() })
  } finally {
    patience.end()
  }
}

/** Aborts when the caller does, or when the service keeps one waiting for too long. */
function patienceOf(
  { firstMs = 10_000, pauseMs = 15_000, wholeMs = 60_000 }: ModelSettings,
  by?: AbortSignal,
) {
  const controller = new AbortController()
  let lost = false
  const lose = (): void => {
    lost = true
    controller.abort()
  }
  const whole = setTimeout(lose, wholeMs)
  let pause = setTimeout(lose, firstMs)
  const stop = (): void => controller.abort()
  by?.addEventListener('abort', stop)
  if (by?.aborted) stop()
  return {
    signal: controller.signal,
    lost: () => lost,
    heard: () => {
      clearTimeout(pause)
      pause = setTimeout(lose, pauseMs)
    },
    end: () => {
      clearTimeout(pause)
      clearTimeout(whole)
      by?.removeEventListener('abort', stop)
    },
  }
}

interface Circumstances {
  usage: Usage
  stopped: boolean
  lost: boolean
}

/** What a failed call means for the caller; only names and numbers are taken over from the error. */
function failureOf(error: unknown, { usage, stopped, lost }: Circumstances): ModelFailure {
  if (error instanceof ModelFailure) return error
  if (lost || error instanceof APIConnectionTimeoutError)
    return new ModelFailure('fall-back', 'timeout', usage)
  if (stopped || error instanceof APIUserAbortError) return new ModelFailure('stopped', 'stopped', usage)
  if (error instanceof APIConnectionError) return new ModelFailure('fall-back', 'unreachable', usage)
  if (!(error instanceof APIError)) return new ModelFailure('fall-back', 'cut', usage)
  const status = typeof error.status === 'number' ? error.status : 0
  const retryAfter = error.headers instanceof Headers ? error.headers.get('retry-after') : null
  if (status === 429 || (status === 503 && retryAfter !== null))
    return new ModelFailure('wait', String(status), usage, secondsOf(retryAfter))
  if (status >= 400 && status < 500 && status !== 408)
    return new ModelFailure('set-up', String(status), usage)
  return new ModelFailure('fall-back', status === 0 ? 'garbled' : String(status), usage)
}

/** `Retry-After` in seconds; a date or nothing counts as the usual wait. */
function secondsOf(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? '')
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT_SECONDS) : WAIT_SECONDS
}

function toldIn({ usage }: Chunk): Usage | undefined {
  if (!usage) return undefined
  return { prompt: usage.prompt_tokens, completion: usage.completion_tokens, told: true }
}

/** A character counts as a token: never much less than what models count for Chinese. */
const counted = (messages: readonly PromptMessage[], text: string) => ({
  prompt: messages.reduce((sum, { content }) => sum + content.length, 0),
  completion: text.length,
})
