import type { Operator } from './applied.ts'
import { arrayOperators } from './expression-array.ts'
import { dateOperators } from './expression-date.ts'
import { logicOperators } from './expression-logic.ts'
import { numberOperators } from './expression-number.ts'

/** The expression operators that stand in the place of mingo's, which are wrong or slow. */
export const corrections: Record<`$${string}`, Operator> = {
  ...logicOperators,
  ...numberOperators,
  ...arrayOperators,
  ...dateOperators,
}
