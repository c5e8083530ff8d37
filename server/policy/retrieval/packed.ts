/** A vector in one byte a number, with what brings it back to length one. */
export interface Packed {
  bytes: Int8Array
  scale: number
}

const LARGEST = 127

/** Packs a vector; its direction is kept to less than a hundredth, its length is not. */
export function packed(vector: ArrayLike<number>): Packed {
  const numbers = Array.from(vector)
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0)
  const bytes = Int8Array.from(numbers, number =>
    largest === 0 ? 0 : Math.round((number / largest) * LARGEST),
  )
  const length = Math.hypot(...bytes)
  return { bytes, scale: length === 0 ? 0 : 1 / length }
}
