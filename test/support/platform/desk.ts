/** One call as a stand-in takes it. */
export interface TakenCall {
  method: string
  path: string
  query: URLSearchParams
  text: string
  /** The body of a POST, parsed. */
  json: Record<string, unknown>
}

export interface Endpoint {
  method: 'GET' | 'POST'
  /** Needs no access token. */
  open?: boolean
  /** What is answered; a `Refusal` where it throws one. */
  answer: (call: TakenCall) => object | Promise<object>
}

/** What a stand-in answers, by path. */
export type Desk = Record<string, Endpoint>

/** A failure as platforms tell it: HTTP 200 with an errcode. */
export class Refusal extends Error {
  readonly errcode: number
  constructor(errcode: number, errmsg: string) {
    super(errmsg)
    this.errcode = errcode
  }
}

/** An answer that says so. */
export const ok = (more: object = {}): object => ({ errcode: 0, errmsg: 'ok', ...more })

/** A field of a body that must be a text with something in it. */
export function textOf(json: Record<string, unknown>, field: string, errcode = 47001): string {
  const value = json[field]
  if (typeof value !== 'string' || value === '') throw new Refusal(errcode, `invalid ${field}`)
  return value
}
