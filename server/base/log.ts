import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger

/** What a unique index says of a duplicate holds somebody's values; the log does not want them. */
const withoutValues = (text: string): string => text.replace(/dup key:.*/s, 'dup key')

/** An error for the log: its kind, its words, where it happened, and what an AppError noted. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, message, stack, cause, code, detail } = error as Error & { code?: unknown; detail?: unknown }
  return {
    type: name,
    code,
    detail,
    message: withoutValues(message),
    stack: stack && withoutValues(stack),
    ...(cause !== undefined && { cause: told(cause) }),
  }
}

/**
 * The log: one JSON line an event, written at once, so that nothing is lost when the process ends.
 * Lines carry ids, never names, texts or tokens.
 */
export const createLog = (
  level: string,
  to: DestinationStream = pino.destination({ dest: 1, sync: true }),
): Log => pino({ level, base: { pid: process.pid }, serializers: { error: told, err: told } }, to)
