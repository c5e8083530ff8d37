/** An answer while this process writes it: its text so far, and whoever waits for more. */
export class Live {
  text = ''
  /** The process stops, so that another one has to go on. */
  leaving = false
  /** Settles when the answer is stored. */
  over: Promise<void> = Promise.resolve()
  readonly #stopping = new AbortController()
  readonly #waiting = new Set<() => void>()
  #ended = false

  get signal(): AbortSignal {
    return this.#stopping.signal
  }

  add(sentence: string): void {
    this.text += sentence
    this.#wake()
  }

  /** Resolves once there is more than `known`, or nothing more will come. */
  news(known: string): Promise<void> {
    if (this.#ended || this.text !== known) return Promise.resolve()
    return new Promise(resolve => this.#waiting.add(resolve))
  }

  stop(): void {
    this.#stopping.abort()
  }

  leave(): void {
    this.leaving = true
    this.stop()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}
