import type { Api } from '#shared/api'
import type { Input, Reply } from '#shared/endpoint'

/** Carries one line of the API table to the server and brings the reply back, or throws. */
export type Send = (line: string, input: object) => Promise<unknown>

type Args<E> = unknown extends Input<E> ? [] : [input: Input<E>]

/** Calls one line of the API table: `call('GET /today')`. */
export const caller =
  (send: Send) =>
  <Line extends keyof Api>(line: Line, ...[input]: Args<Api[Line]>): Promise<Reply<Api[Line]>> =>
    send(line, input ?? {}) as Promise<Reply<Api[Line]>>
