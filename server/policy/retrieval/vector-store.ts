import { type Packed, packed } from './packed.ts'

/** Vectors of articles in memory, a byte a number; the nearest by cosine. */
export class VectorStore {
  readonly dimensions: number
  #bytes: Int8Array
  #scales: Float32Array
  #keys: (string | undefined)[] = []
  #rows = new Map<string, number>()
  #free: number[] = []

  constructor(dimensions: number) {
    this.dimensions = dimensions
    this.#bytes = new Int8Array(dimensions * 16)
    this.#scales = new Float32Array(16)
  }

  get size(): number {
    return this.#rows.size
  }

  /** Keeps the vector of a key in place of an older one. Throws on another number of dimensions. */
  set(key: string, vector: ArrayLike<number>): void {
    const { bytes, scale } = this.#pack(vector)
    const row = this.#rows.get(key) ?? this.#free.pop() ?? this.#keys.length
    if (row >= this.#scales.length) this.#grow()
    this.#rows.set(key, row)
    this.#keys[row] = key
    this.#scales[row] = scale
    this.#bytes.set(bytes, row * this.dimensions)
  }

  delete(key: string): void {
    const row = this.#rows.get(key)
    if (row === undefined) return
    this.#rows.delete(key)
    this.#keys[row] = undefined
    this.#scales[row] = 0
    this.#free.push(row)
  }

  /** The keys nearest to a vector with their cosines, the nearest first. */
  nearest(vector: ArrayLike<number>, limit: number): { key: string; cosine: number }[] {
    const { bytes, scale } = this.#pack(vector)
    const found: { key: string; cosine: number }[] = []
    this.#keys.forEach((key, row) => {
      if (key !== undefined)
        found.push({ key, cosine: this.#product(bytes, row) * scale * (this.#scales[row] ?? 0) })
    })
    return found.sort((a, b) => b.cosine - a.cosine || (a.key < b.key ? -1 : 1)).slice(0, limit)
  }

  #product(bytes: Int8Array, row: number): number {
    const from = row * this.dimensions
    let sum = 0
    for (let i = 0; i < bytes.length; i++) sum += (bytes[i] ?? 0) * (this.#bytes[from + i] ?? 0)
    return sum
  }

  #pack(vector: ArrayLike<number>): Packed {
    if (vector.length !== this.dimensions)
      throw new Error(`a vector of ${vector.length} numbers where ${this.dimensions} are kept`)
    return packed(vector)
  }

  #grow(): void {
    const [bytes, scales] = [this.#bytes, this.#scales]
    this.#bytes = new Int8Array(bytes.length * 2)
    this.#bytes.set(bytes)
    this.#scales = new Float32Array(scales.length * 2)
    this.#scales.set(scales)
  }
}
