import type { Gram } from './gram.ts'

const SPREAD = 0x9e3779b1

/** Numbers grams in the order they are first met: open addressing over typed arrays, for millions of calls. */
export class GramTable {
  size = 0
  #mask: number
  #keys: Uint32Array
  #ids: Uint32Array

  constructor(room = 1 << 16) {
    this.#mask = room - 1
    this.#keys = new Uint32Array(room)
    this.#ids = new Uint32Array(room)
  }

  /** The number of a gram; a new one is added. No gram is 0, which marks a free place. */
  add(gram: Gram): number {
    const at = this.#place(gram)
    if (this.#keys[at] === gram) return this.#ids[at] ?? 0
    this.#keys[at] = gram
    this.#ids[at] = this.size++
    if (this.size * 2 > this.#mask) this.#grow()
    return this.size - 1
  }

  /** Every gram, at its number. */
  grams(): Uint32Array {
    const grams = new Uint32Array(this.size)
    for (let i = 0; i <= this.#mask; i++) {
      const gram = this.#keys[i] ?? 0
      if (gram !== 0) grams[this.#ids[i] ?? 0] = gram
    }
    return grams
  }

  #place(gram: Gram): number {
    let at = (Math.imul(gram, SPREAD) >>> 8) & this.#mask
    while (this.#keys[at] !== 0 && this.#keys[at] !== gram) at = (at + 1) & this.#mask
    return at
  }

  #grow(): void {
    const [keys, ids] = [this.#keys, this.#ids]
    this.#mask = this.#mask * 2 + 1
    this.#keys = new Uint32Array(this.#mask + 1)
    this.#ids = new Uint32Array(this.#mask + 1)
    for (let i = 0; i < keys.length; i++) {
      const gram = keys[i] ?? 0
      if (gram === 0) continue
      const at = this.#place(gram)
      this.#keys[at] = gram
      this.#ids[at] = ids[i] ?? 0
    }
  }
}
