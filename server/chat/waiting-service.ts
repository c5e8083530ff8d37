/** How often one process looks for news other processes wrote, however many calls are held. */
const POLL_MS = 1_000
/** Calls held for one cadre at once; the oldest gives way to a new one. */
const HELD_A_CADRE = 3

/** A conversation and the place of its last message. */
export interface Touched {
  id: string
  seq: number
}

export interface Hold {
  /** The conversation. */
  id: string
  /** The last message the caller has. */
  after: number
  /** How long at most. */
  ms: number
  /** Aborts when the caller goes away. */
  signal: AbortSignal
}

/** A held call: `over` resolves when there is news or no reason to wait any more. */
export interface Held {
  over: Promise<void>
  end: () => void
}

interface Waiter {
  after: number
  end: () => void
}

/** Calls held open until their conversation has news. `touched` tells of conversations written to lately, anywhere. */
export class Waiting {
  private readonly waiters = new Map<string, Set<Waiter>>()
  private readonly touched: () => Promise<Touched[]>
  private timer: NodeJS.Timeout | undefined
  private polling = false

  constructor(touched: () => Promise<Touched[]>) {
    this.touched = touched
  }

  /** Holds a call. Hold first and then look for news, so that none falls in between. */
  hold({ id, after, ms, signal }: Hold): Held {
    let over = (): void => undefined
    const promise = new Promise<void>(resolve => (over = resolve))
    const end = (): void => {
      clearTimeout(limit)
      signal.removeEventListener('abort', end)
      this.remove(id, waiter)
      over()
    }
    const waiter: Waiter = { after, end }
    const limit = setTimeout(end, ms)
    this.add(id, waiter)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
    return { over: promise, end }
  }

  /** Ends the calls that lack message `seq` of a conversation. */
  wake({ id, seq }: Touched): void {
    for (const waiter of [...(this.waiters.get(id) ?? [])]) if (waiter.after < seq) waiter.end()
  }

  /** Ends every held call at once. */
  endAll(): void {
    for (const waiters of [...this.waiters.values()]) for (const waiter of [...waiters]) waiter.end()
  }

  private add(id: string, waiter: Waiter): void {
    const held = this.waiters.get(id) ?? new Set()
    const [oldest] = held
    if (oldest && held.size >= HELD_A_CADRE) oldest.end()
    held.add(waiter)
    this.waiters.set(id, held)
    this.timer ??= setInterval(() => void this.poll(), POLL_MS).unref()
  }

  private remove(id: string, waiter: Waiter): void {
    const held = this.waiters.get(id)
    held?.delete(waiter)
    if (held?.size === 0) this.waiters.delete(id)
    if (this.waiters.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }

  /** When the database does not answer, held calls end by their own limit. */
  private async poll(): Promise<void> {
    if (this.polling) return
    this.polling = true
    const news = await this.touched().catch((): Touched[] => [])
    this.polling = false
    for (const one of news) this.wake(one)
  }
}
