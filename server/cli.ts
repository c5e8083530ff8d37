import { parseArgs } from 'node:util'
import { type Env, loadDotEnv, readEnv } from './base/env.ts'
import { sentencesOf } from './base/start-error.ts'
import { auditPoints } from './cli/audit.ts'
import { checkSources } from './cli/check-sources.ts'
import { type Command, WrongCall } from './cli/command.ts'
import { connectAsServer } from './cli/connect.ts'
import { auditLog } from './cli/editorial/audit-log.ts'
import { grantOne, listGrants, revokeOne } from './cli/editorial/grants.ts'
import { moveOneIdentity } from './cli/editorial/identity.ts'
import { importWords } from './cli/editorial/import-words.ts'
import { evaluateRefusal } from './cli/measure/evaluate-refusal.ts'
import { evaluateRetrieval } from './cli/measure/evaluate-retrieval.ts'
import { importLessonFolder } from './cli/import-lessons.ts'
import { importPolicies } from './cli/import-policies.ts'
import { importQuestions } from './cli/import-questions.ts'
import { importStatus } from './cli/import-status.ts'
import { learnPairs } from './cli/measure/learn-pairs.ts'
import { learnRefusal } from './cli/measure/learn-refusal.ts'
import { learnRetrieval } from './cli/measure/learn-retrieval.ts'
import { lintContent } from './cli/lint.ts'
import { answerOneReport, correctOneQuestion, listReports } from './cli/reports.ts'
import { publishQuestion, retireQuestion } from './cli/status.ts'
import { answerOneSuggestion, listSuggestions } from './cli/suggestions.ts'
import { showPolicy } from './cli/show-policy.ts'
import { showUsage } from './cli/show-usage.ts'
import { openRefusalCorpus } from './cli/measure/refusal-corpus.ts'
import { createTerminal } from './cli/terminal.ts'
import { backup } from './cli/transfer/backup.ts'
import { move } from './cli/transfer/move.ts'
import { restore } from './cli/transfer/restore.ts'
import { wording } from './cli/wording.ts'

/** Every command: the contents page of the tool. */
const commands: Command[] = [
  importQuestions,
  importLessonFolder,
  importPolicies,
  importStatus,
  importWords,
  showPolicy,
  showUsage,
  checkSources,
  lintContent,
  auditPoints,
  auditLog,
  grantOne,
  revokeOne,
  listGrants,
  moveOneIdentity,
  listReports,
  answerOneReport,
  correctOneQuestion,
  retireQuestion,
  publishQuestion,
  listSuggestions,
  answerOneSuggestion,
  backup,
  restore,
  move,
  evaluateRetrieval,
  learnRetrieval,
  evaluateRefusal(openRefusalCorpus),
  learnPairs,
  learnRefusal,
]

/** The words of a usage line before its first argument are the command's name. */
const nameOf = ({ usage }: Command): string[] => usage.split(' ').filter(word => /^[a-z][a-z-]*$/.test(word))

function help(): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length)) + 2
  const lines = commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}${summary}`)
  return [wording.title, wording.usage, '', wording.commands, ...lines, wording.help].join('\n')
}

function find(args: string[]): { command: Command; rest: string[] } {
  for (const command of commands) {
    const name = nameOf(command)
    if (name.every((word, i) => args[i] === word)) return { command, rest: args.slice(name.length) }
  }
  const named = args.filter(word => !word.startsWith('-')).slice(0, 2)
  throw new WrongCall(`${wording.unknownCommand(named.join(' '))}\n\n${help()}`)
}

function parse(command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: command.options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new WrongCall(wording.wrongOption(error instanceof Error ? error.message : ''))
  }
}

/** Runs one command. Answers the exit code: 0 all is well, 1 something is wrong, 2 the call itself was. */
async function run(args: string[], env: () => Env): Promise<number> {
  const terminal = createTerminal()
  if (args.length === 0 || ['help', '--help', '-h'].includes(args[0] ?? '')) {
    terminal.line(help())
    return 0
  }
  const { command, rest } = find(args)
  const { values, positionals: words } = parse(command, rest)
  const [least, most] = command.words
  if (words.length < least || words.length > most) throw new WrongCall(wording.wrongWords(command.usage))
  const options = values as Record<string, string | boolean | undefined>
  const call = { words, options, now: new Date(), terminal, env }
  const end = command.database(call) ? await connectAsServer(env()) : undefined
  try {
    return (await command.run(call)) ? 0 : 1
  } finally {
    terminal.end()
    await end?.()
  }
}

loadDotEnv()
run(process.argv.slice(2), () => readEnv(process.env)).then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    const lines = error instanceof WrongCall ? [error.message] : [wording.failed, ...sentencesOf(error)]
    process.stderr.write(`${lines.join('\n')}\n`)
    process.exitCode = 2
  },
)
