/** A change that is shown at once and sent in its turn; the answer tells what holds then. */
export interface Change<T> {
  made: (value: T) => T
  send: (made: T) => Promise<T>
}

/** A value that is changed here and kept on the server. */
export interface InTurn<T> {
  /** Takes what the server said, unless something was changed since it was asked: call it before asking. */
  asking(): (value: T) => void
  add(change: Change<T>): void
  /** Forgets everything. */
  clear(): void
}

/**
 * Sends changes one after another, so that however fast one taps the last one stays and none is lost.
 * When one fails, those behind it were made on what does not hold: all of them are taken back.
 */
export function inTurn<T>(show: (value: T | null, failure: unknown) => void, start: T | null): InTurn<T> {
  let known = start
  let waiting: Change<T>[] = []
  let changes = 0
  let sending = false

  const shown = (): T | null =>
    known === null ? null : waiting.reduce<T>((value, { made }) => made(value), known)

  async function sendAll(): Promise<void> {
    sending = true
    for (let next = waiting[0]; next && known !== null; next = waiting[0]) {
      const [answer, failure] = await next.send(next.made(known)).then(
        value => [value, null] as const,
        (why: unknown) => [known, why] as const,
      )
      // Forgotten meanwhile.
      if (waiting[0] !== next) continue
      known = answer
      waiting = failure === null ? waiting.slice(1) : []
      show(shown(), failure)
    }
    sending = false
  }

  return {
    asking() {
      const before = changes
      return value => {
        if (before !== changes) return
        known = value
        show(value, null)
      }
    },
    add(change) {
      changes += 1
      waiting = [...waiting, change]
      show(shown(), null)
      if (!sending) void sendAll()
    },
    clear() {
      changes += 1
      known = null
      waiting = []
      show(null, null)
    },
  }
}
