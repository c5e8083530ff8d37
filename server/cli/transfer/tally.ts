import { hash } from 'node:crypto'

const WORDS = 8
const OVER = 0x1_0000_0000

/**
 * Counts documents and adds up the SHA-256 of their bytes, modulo 2²⁵⁶. Two collections with the same documents have
 * the same sum in whatever order their servers hand them out, so nobody has to sort.
 */
export class Tally {
  count = 0
  private readonly sum = new Uint32Array(WORDS)

  add(document: Uint8Array): void {
    const digest = hash('sha256', document, 'buffer')
    let carry = 0
    for (let word = WORDS - 1; word >= 0; word--) {
      const total = (this.sum[word] ?? 0) + digest.readUInt32BE(word * 4) + carry
      this.sum[word] = total
      carry = total >= OVER ? 1 : 0
    }
    this.count++
  }

  get checksum(): string {
    return Array.from(this.sum, word => word.toString(16).padStart(8, '0')).join('')
  }
}
