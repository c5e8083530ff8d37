import { isClassified } from './classified.ts'
import { AppError } from './errors.ts'
import { masked } from './masking.ts'

/** What a cadre wrote, as it may be stored: personal numbers masked. `text.classified` for a classification mark. */
export function storable(text: string): string {
  if (isClassified(text)) throw new AppError('text.classified')
  return masked(text)
}
