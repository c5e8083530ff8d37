/** Fewest and most characters of a name. */
const SHORTEST = 2
const LONGEST = 20

/** A line break or another sign that is no character. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u
/** What nobody sees, so that two names that look the same are the same. */
const INVISIBLE = /\p{Cf}/gu

/** What one wants to be called, without what is not seen; undefined where it is no name. */
export function nameIn(text: string): string | undefined {
  const name = text.normalize('NFC').replace(INVISIBLE, '').trim()
  const { length } = [...name]
  return length >= SHORTEST && length <= LONGEST && !CONTROL.test(name) ? name : undefined
}
