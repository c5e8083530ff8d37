/** One article of a version, as far as a change is concerned. */
export interface Unit {
  /** 第十七条之一; units without a label are left out. */
  label: string
  /** The headings above it. An annex counts its articles anew. */
  path: string[]
  text: string
}

/** What became of an article from one version to the next. */
export interface Change {
  label: string
  kind: 'changed' | 'removed' | 'added' | 'moved'
  /** The label under which its words now stand; only for `moved`. */
  to?: string
}

/**
 * What the next version of a document does to each article of this one: the same words under another number are moved.
 * An article that stays as it is is no change; punctuation and white space are no words.
 */
export function changesBetween(before: Unit[], after: Unit[]): Change[] {
  const [old, next] = [byPlace(before), byPlace(after)]
  const placeOf = new Map([...next].map(([place, unit]) => [wordsOf(unit), place]))
  const kept = new Set(
    [...old].filter(([place, unit]) => same(next.get(place), unit)).map(([place]) => place),
  )
  const arrived = new Set<string>()
  const changes = [...old].flatMap(([place, unit]): Change[] => {
    if (kept.has(place)) return []
    const to = placeOf.get(wordsOf(unit))
    const target = to === undefined || kept.has(to) ? undefined : next.get(to)
    if (to !== undefined && target !== undefined) {
      arrived.add(to)
      return [{ label: unit.label, kind: 'moved', to: target.label }]
    }
    return [{ label: unit.label, kind: next.has(place) ? 'changed' : 'removed' }]
  })
  const added = [...next].filter(([place]) => !old.has(place) && !arrived.has(place))
  return [...changes, ...added.map(([, { label }]): Change => ({ label, kind: 'added' }))]
}

/** Articles by label; those of an annex by its name too. */
function byPlace(units: Unit[]): Map<string, Unit> {
  const places = new Map<string, Unit>()
  for (const unit of units) {
    if (unit.label === '') continue
    const place = places.has(unit.label) ? `${unit.label} ${unit.path[0] ?? ''}` : unit.label
    if (!places.has(place)) places.set(place, unit)
  }
  return places
}

const same = (one: Unit | undefined, other: Unit): boolean =>
  one !== undefined && wordsOf(one) === wordsOf(other)

const wordsOf = ({ text }: Unit): string => text.normalize('NFKC').replace(/[\s\p{P}]/gu, '')
