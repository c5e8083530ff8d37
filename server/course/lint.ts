import { absolutes, countHan, longSentences, SENTENCE_MAX, slogans, textLength } from '#server/base/prose'
import type { Block } from '#shared/course'
import type { LessonDraft } from './lesson-file.ts'
import type { LessonFinding, LessonRule } from './lint-finding.ts'

/** Length of a micro-lesson in Chinese characters of running text. */
const HAN_MIN = 300
const HAN_MAX = 600
const SECTIONS_MIN = 2
const SECTIONS_MAX = 4
const QUESTIONS_MIN = 4
const QUESTIONS_MAX = 6
const TITLE_MAX = 20
const SCENE_MAX = 40

type Complaint = Omit<LessonFinding, 'where'>

/** What of the rules for a lesson a program can check; `today` is a Beijing day. */
export function lintLesson(lesson: LessonDraft, questions: number, today: string): LessonFinding[] {
  return [...lintShape(lesson, questions), ...lintSources(lesson, today), ...lintProse(lesson)].map(
    complaint => ({ ...complaint, where: lesson.slug }),
  )
}

/** Chinese characters of the running text, the last section included; headings are not counted. */
export function lessonLength(lesson: Pick<LessonDraft, 'body' | 'tomorrow'>): number {
  return countHan(lessonTexts(lesson).join('\n'))
}

/** Every piece of running text of a lesson, in order. */
function lessonTexts({ body, tomorrow }: Pick<LessonDraft, 'body' | 'tomorrow'>): string[] {
  return [...body.flatMap(section => section.blocks), ...tomorrow].flatMap(textsOf)
}

function lintShape(lesson: LessonDraft, questions: number): Complaint[] {
  const complaints: Complaint[] = []
  const length = lessonLength(lesson)
  if (length < HAN_MIN || length > HAN_MAX)
    complaints.push(error('lesson-length', { length, min: HAN_MIN, max: HAN_MAX }))
  const sections = lesson.body.length
  if (sections < SECTIONS_MIN || sections > SECTIONS_MAX)
    complaints.push(error('lesson-sections', { sections, min: SECTIONS_MIN, max: SECTIONS_MAX }))
  if (lesson.tomorrow.length === 0) complaints.push(error('tomorrow-missing', {}))
  if (questions < QUESTIONS_MIN || questions > QUESTIONS_MAX)
    complaints.push(error('question-count', { questions, min: QUESTIONS_MIN, max: QUESTIONS_MAX }))
  if (textLength(lesson.title) > TITLE_MAX) complaints.push(error('title-long', { max: TITLE_MAX }))
  if (textLength(lesson.scene) > SCENE_MAX) complaints.push(error('scene-long', { max: SCENE_MAX }))
  return complaints
}

function lintSources(lesson: LessonDraft, today: string): Complaint[] {
  const complaints = lesson.sources.flatMap(source => {
    const lacking = (['article', 'version', 'checkedOn'] as const).filter(
      field => source[field] === undefined,
    )
    return lacking.length === 0
      ? []
      : [error('lesson-sources', { law: source.law, fields: lacking.join('、') })]
  })
  if (lesson.reviewBy <= today) complaints.push(error('review-overdue', { day: lesson.reviewBy }))
  return complaints
}

function lintProse(lesson: LessonDraft): Complaint[] {
  const texts = [lesson.scene, ...lessonTexts(lesson)]
  const whole = [lesson.title, ...lesson.body.map(section => section.heading), ...texts].join('\n')
  return [
    ...texts.flatMap(longSentences).map(text => warning('sentence-long', { text, max: SENTENCE_MAX })),
    ...slogans(whole).map(text => warning('slogan', { text })),
    ...absolutes(whole).map(text => warning('absolute', { text })),
  ]
}

function textsOf(block: Block): string[] {
  const spans = block.type === 'list' ? block.items : [block.spans]
  return spans.map(each => each.map(span => span.text).join(''))
}

function error(rule: LessonRule, params: LessonFinding['params']): Complaint {
  return { rule, level: 'error', params }
}

function warning(rule: LessonRule, params: LessonFinding['params']): Complaint {
  return { rule, level: 'warning', params }
}
