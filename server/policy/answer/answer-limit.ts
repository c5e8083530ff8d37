/** What a model may be asked in a day; beyond it, answers are excerpts. */
export interface AnswerLimits {
  /** Model answers of one cadre. */
  cadre: number
  /** Model answers of the whole county. */
  county: number
  /** What the whole county's model answers may cost, in yuan; null without a limit. */
  countyCost: number | null
}

export interface UsedToday {
  cadre: number
  county: number
  countyCost: number
}

export type Allowance =
  { model: true; left: number } | { model: false; reached: 'cadre' | 'county' | 'county-cost' }

/** Whether one more question may go to the model. Questions are never refused for a limit: excerpts cost nothing. */
export function allowanceOf(used: UsedToday, limits: AnswerLimits): Allowance {
  if (used.cadre >= limits.cadre) return { model: false, reached: 'cadre' }
  if (used.county >= limits.county) return { model: false, reached: 'county' }
  if (limits.countyCost !== null && used.countyCost >= limits.countyCost)
    return { model: false, reached: 'county-cost' }
  return { model: true, left: Math.min(limits.cadre - used.cadre, limits.county - used.county) }
}
