import { join } from 'node:path'
import { dayOf } from '#shared/day'
import { root } from '../base/paths.ts'
import { readLessonFile } from '../course/lesson-file.ts'
import { lintLesson } from '../course/lint.ts'
import { wordFinding, wordProblem } from '../course/wording.ts'
import { lintQuestions } from '../question/lint.ts'
import type { LintedQuestion, QuestionFinding } from '../question/lint-finding.ts'
import { Question } from '../question/model.ts'
import { type Call, type Command, textOf, WrongCall } from './command.ts'
import { lessonFilesIn } from './import-lessons.ts'
import type { Terminal } from './terminal.ts'
import { wording } from './wording.ts'

type Finding = Omit<QuestionFinding, 'rule'> & { rule: string }

/** `lint content [DIR]`, `lint content --bank NAME` */
export const lintContent: Command = {
  usage: 'lint content [DIR] [--bank NAME]',
  summary: wording.lint.summary,
  options: { bank: { type: 'string' } },
  words: [0, 1],
  database: ({ options }) => options.bank !== undefined,
  run: async call => {
    const bank = textOf(call.options.bank)
    if (bank !== undefined && call.words.length > 0) throw new WrongCall(wording.lint.bankOrFolder)
    return bank === undefined ? lintFolder(call) : lintBank(bank, call.terminal)
  },
}

async function lintFolder({ words: [folder], now, terminal }: Call): Promise<boolean> {
  const files = await lessonFilesIn(folder ?? join(root, 'server/course/sample'))
  const findings: Finding[] = []
  const questions: LintedQuestion[] = []
  let unread = 0
  for (const { name, text } of files) {
    const file = readLessonFile(name, text)
    if (!file.ok) {
      unread += file.problems.length
      for (const problem of file.problems) terminal.line(`${name}：${wordProblem(problem)}`)
      continue
    }
    findings.push(...lintLesson(file.lesson, file.questions.length, dayOf(now)))
    file.questions.forEach(({ draft, scenario }, i) =>
      questions.push({ draft, scenario, where: wording.lint.question(name, i + 1) }),
    )
  }
  findings.push(...lintQuestions(questions))
  return tell(findings, { lessons: files.length, questions: questions.length, unread }, terminal)
}

async function lintBank(bank: string, terminal: Terminal): Promise<boolean> {
  const questions: LintedQuestion[] = []
  for await (const stored of Question.find({ bank, status: { $ne: 'retired' } })
    .lean()
    .cursor()) {
    const { type, stem, options, key, ordered, explanation, topic, difficulty, sources, origin } = stored
    const draft = {
      type,
      stem,
      options,
      key,
      ordered,
      explanation,
      topic,
      difficulty: difficulty ?? null,
      sources,
    }
    questions.push({ draft: draft as LintedQuestion['draft'], where: origin })
    terminal.progress(questions.length, undefined)
  }
  if (questions.length === 0) throw new WrongCall(wording.lint.emptyBank(bank))
  return tell(lintQuestions(questions), { lessons: 0, questions: questions.length, unread: 0 }, terminal)
}

interface Checked {
  lessons: number
  questions: number
  /** Problems that kept a file from being read. */
  unread: number
}

function tell(findings: Finding[], { lessons, questions, unread }: Checked, terminal: Terminal): boolean {
  for (const finding of findings) {
    terminal.line(`[${wording.lint.level[finding.level]}] ${wordFinding(finding)}`)
  }
  const errors = unread + findings.filter(({ level }) => level === 'error').length
  const warnings = findings.filter(({ level }) => level === 'warning').length
  terminal.line(wording.lint.counts(lessons, questions, errors, warnings))
  return errors === 0
}
