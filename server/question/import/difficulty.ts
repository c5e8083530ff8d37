import { foldWidth } from './fold.ts'
import { DIFFICULTIES } from './vocabulary.ts'

/** A difficulty from 1 to 5 out of digits, stars or words; null when it is none. */
export function readDifficulty(text: string): number | null {
  const word = foldWidth(text)
    .trim()
    .toLowerCase()
    .replace(/[级度★\s]+$/, '')
  const stars = [...text].filter(letter => letter === '★').length
  if (stars >= 1 && stars <= 5) return stars
  return /^[1-5]$/.test(word) ? Number(word) : (DIFFICULTIES[word] ?? null)
}
