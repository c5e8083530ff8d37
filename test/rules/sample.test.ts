import { describe, expect, test } from '@jest/globals'
import { lessonLength, lintLesson } from '#server/course/lint'
import { readLessonFile, type LessonDraft } from '#server/course/lesson-file'
import type { LessonQuestion } from '#server/course/lesson-question'
import { wordFinding, wordProblem } from '#server/course/wording'
import { type LintedQuestion, lintQuestions, optionLengths } from '#server/question/lint'
import { keyPositions } from '#server/question/lint-whole'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const TODAY = '2026-11-23'
const folder = join(__dirname, '../../server/course/sample')

function readSample(): { lesson: LessonDraft; questions: LessonQuestion[] }[] {
  return readdirSync(folder)
    .sort()
    .map(name => {
      const file = readLessonFile(name, readFileSync(join(folder, name), 'utf8'))
      if (!file.ok) throw new Error(`${name}\n${file.problems.map(wordProblem).join('\n')}`)
      return file
    })
}

const sample = readSample()
const linted: LintedQuestion[] = sample.flatMap(({ lesson, questions }) =>
  questions.map((question, index) => ({
    draft: question.draft,
    scenario: question.scenario,
    where: `${lesson.slug}#${index + 1}`,
  })),
)

describe('the lessons that are shipped', () => {
  test('are at least fourteen, numbered without a gap, each with its own title', () => {
    expect(sample.length).toBeGreaterThanOrEqual(14)
    expect(sample.map(({ lesson }) => lesson.order)).toEqual(sample.map((_, index) => index + 1))
    expect(new Set(sample.map(({ lesson }) => lesson.title)).size).toBe(sample.length)
  })

  test('pass the lint of lessons without an error or a warning', () => {
    const findings = sample.flatMap(({ lesson, questions }) => lintLesson(lesson, questions.length, TODAY))
    expect(findings.map(wordFinding)).toEqual([])
  })

  test('pass the lint of questions without an error or a warning', () => {
    expect(lintQuestions(linted).map(wordFinding)).toEqual([])
  })

  test.each(sample.map(({ lesson }) => [lesson.slug, lessonLength(lesson)]))(
    '%s has 300 to 600 Chinese characters: %i',
    (_, length) => {
      expect(length).toBeGreaterThanOrEqual(300)
      expect(length).toBeLessThanOrEqual(600)
    },
  )

  test('have no option longer than one and a half times the median, not even by a character', () => {
    const uneven = linted.filter(({ draft }) => {
      if (draft.options.length < 3) return false
      const { longest, median } = optionLengths(draft.options.map(option => option.text))
      return longest > 1.5 * median
    })
    expect(uneven.map(({ where }) => where)).toEqual([])
  })

  test('put the keys of the singles evenly on A to D', () => {
    const counts = [...keyPositions(linted).values()]
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2)
  })

  test('have the local course on 保靖黄金茶', () => {
    expect(sample.some(({ lesson }) => lesson.topic === '保靖黄金茶')).toBe(true)
  })

  test('say of each question whether it is a scenario, and of each source when it was checked', () => {
    expect(linted.filter(({ scenario }) => scenario === null)).toEqual([])
    const unchecked = linted.filter(({ draft }) =>
      draft.sources.some(source => source.checkedOn === undefined),
    )
    expect(unchecked.map(({ where }) => where)).toEqual([])
  })

  test('do not ask the same stem twice', () => {
    expect(new Set(linted.map(({ draft }) => draft.stem)).size).toBe(linted.length)
  })
})
