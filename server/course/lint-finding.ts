/** What is checked of a lesson, one name for each rule. */
export type LessonRule =
  | 'lesson-length'
  | 'lesson-sections'
  | 'tomorrow-missing'
  | 'lesson-sources'
  | 'review-overdue'
  | 'question-count'
  | 'title-long'
  | 'scene-long'
  | 'sentence-long'
  | 'slogan'
  | 'absolute'

/** One finding about a lesson; `where` is its slug. */
export interface LessonFinding {
  rule: LessonRule
  level: 'error' | 'warning'
  where: string
  params: Record<string, string | number>
}
