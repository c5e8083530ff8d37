import type { Api } from '#shared/api'
import type { Input, Reply } from '#shared/endpoint'

/** Carries one line of the API table to the server and brings the reply back, or throws. */
export type Send = (line: string, input: object) => Promise<unknown>

type Args<E> = unknown extends Input<E> ? [] : [input: Input<E>]

/** Calls one of some lines of the API table: `call('GET /today')`. */
export type Caller<Lines extends keyof Api = keyof Api> = <Line extends Lines>(
  line: Line,
  ...input: Args<Api[Line]>
) => Promise<Reply<Api[Line]>>

/** Calls any line of the API table. */
export const caller =
  (send: Send): Caller =>
  <Line extends keyof Api>(line: Line, ...[input]: Args<Api[Line]>) =>
    send(line, input ?? {}) as Promise<Reply<Api[Line]>>
