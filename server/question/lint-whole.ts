import type { LintedQuestion, QuestionFinding } from './lint-finding.ts'

const POSITION_SHARE_MAX = 0.4
const JUDGE_SHARE_MAX = 0.2
const SCENARIO_SHARE_MIN = 0.6
/** Fewer singles than this say nothing about the balance of positions. */
const SINGLES_MIN = 20
/** Fewer questions than this say nothing about shares. */
const SHARE_MIN = 10
/** Chi-square with three degrees of freedom, p = 0.01. */
const CHI_SQUARE_LIMIT = 11.345
const POSITIONS = ['A', 'B', 'C', 'D']

/** What can be said of a set of questions only as a whole: balance of keys, shares of kinds. */
export function lintWhole(questions: readonly LintedQuestion[]): QuestionFinding[] {
  return [...lintPositions(questions), ...lintShares(questions)]
}

/** How often each position holds the key, over the singles with four options. */
export function keyPositions(questions: readonly LintedQuestion[]): Map<string, number> {
  const counts = new Map(POSITIONS.map(label => [label, 0]))
  for (const { draft } of questions) {
    const label = draft.key[0]
    if (draft.type !== 'single' || draft.options.length !== POSITIONS.length || label === undefined) continue
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return counts
}

function lintPositions(questions: readonly LintedQuestion[]): QuestionFinding[] {
  const counts = keyPositions(questions)
  const singles = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (singles < SINGLES_MIN) return []
  const findings = [...counts]
    .filter(([, count]) => count / singles > POSITION_SHARE_MAX)
    .map(([label, count]) => whole('key-position', 'error', { label, share: percent(count / singles) }))
  const expected = singles / POSITIONS.length
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  if (findings.length === 0 && chiSquare > CHI_SQUARE_LIMIT)
    findings.push(
      whole('key-uneven', 'warning', { counts: [...counts].map(pair => pair.join(' ')).join('，') }),
    )
  return findings
}

function lintShares(questions: readonly LintedQuestion[]): QuestionFinding[] {
  const findings: QuestionFinding[] = []
  const judges = questions.filter(({ draft }) => draft.type === 'judge').length / questions.length
  if (questions.length >= SHARE_MIN && judges > JUDGE_SHARE_MAX)
    findings.push(whole('judge-share', 'error', { share: percent(judges), max: percent(JUDGE_SHARE_MAX) }))
  const known = questions.filter(({ scenario }) => scenario === true || scenario === false)
  const scenarios = known.filter(({ scenario }) => scenario === true).length / known.length
  if (known.length >= SHARE_MIN && scenarios < SCENARIO_SHARE_MIN)
    findings.push(
      whole('scenario-share', 'error', { share: percent(scenarios), min: percent(SCENARIO_SHARE_MIN) }),
    )
  return findings
}

function whole(
  rule: QuestionFinding['rule'],
  level: QuestionFinding['level'],
  params: QuestionFinding['params'],
): QuestionFinding {
  return { rule, level, where: '', params }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}
