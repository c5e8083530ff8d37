/** How much a field of a platform takes. */
export interface Room {
  characters: number
  bytes: number
}

/** Room for so many Han characters, by whichever of characters and bytes the platform counts. */
export const roomForHan = (most: number): Room => ({ characters: most, bytes: 3 * most })

const CUT = '…'
const CUT_ROOM = { characters: 1, bytes: Buffer.byteLength(CUT) }

/** How many characters and bytes a text has. */
export const sizeOf = (text: string): Room => ({
  characters: [...text].length,
  bytes: Buffer.byteLength(text),
})

const fits = (text: string, { characters, bytes }: Room): boolean => {
  const size = sizeOf(text)
  return size.characters <= characters && size.bytes <= bytes
}

/** A text as one line that fits, with … where it was cut. */
export function fit(text: string, room: Room): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim()
  if (fits(line, room)) return line
  const left = { characters: room.characters - CUT_ROOM.characters, bytes: room.bytes - CUT_ROOM.bytes }
  let kept = ''
  for (const character of line) {
    if (!fits(kept + character, left)) break
    kept += character
  }
  return `${kept.trimEnd()}${CUT}`
}
