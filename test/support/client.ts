import type { Api, StreamedLine } from '#shared/api'
import type { EventOf, Input } from '#shared/endpoint'
import type { ErrorBody } from '#shared/errors'
import { caller } from '../../miniprogram/src/api.ts'
import { fill } from '../../miniprogram/src/request.ts'

/** A call the server refused, as the mini-program sees it. */
export class CallFailed extends Error {
  readonly status: number
  readonly code: string
  readonly body: ErrorBody
  constructor(status: number, body: ErrorBody) {
    super(`${status} ${body.code}`)
    this.status = status
    this.code = body.code
    this.body = body
  }
}

/** One caller of the server. */
export interface Client {
  /** Calls a line of the API table; throws `CallFailed`. */
  call: ReturnType<typeof caller>
  /** Calls a streamed line and gathers its events. */
  events: <Line extends StreamedLine>(line: Line, input: Input<Api[Line]>) => Promise<EventOf<Api[Line]>[]>
}

/** A caller of the server at `base`, with a session when it holds a token. */
export function clientOf(base: () => string, token?: string): Client {
  const send = async (line: string, input: object) => {
    const response = await request(base(), token, line, input)
    return response.status === 204 ? undefined : response.json()
  }
  return {
    call: caller(send),
    events: async <Line extends StreamedLine>(line: Line, input: Input<Api[Line]>) => {
      const response = await request(base(), token, line, input as object)
      const lines = (await response.text()).split('\n').filter(text => text !== '')
      return lines.map(text => JSON.parse(text) as EventOf<Api[Line]>)
    },
  }
}

async function request(
  base: string,
  token: string | undefined,
  line: string,
  input: object,
): Promise<Response> {
  const { method, path, body } = fill(line, input)
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new CallFailed(response.status, (await response.json()) as ErrorBody)
  return response
}
