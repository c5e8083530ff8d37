import type { QuestionDraft } from '#server/question/draft'
import { keyIdentity } from '#server/question/identity'
import { collect } from '#server/question/import/collect'
import { readParts } from '#server/reading/read'

/** What an import finds in a file, by the rules alone. */
export async function findingsOf(content: Buffer | string, name: string) {
  const findings = collect(await readParts(Buffer.from(content), name), '题库')
  return {
    drafts: findings.flatMap(finding => ('draft' in finding ? [finding.draft] : [])),
    rejected: findings.flatMap(finding =>
      'reason' in finding ? [`${finding.place}: ${finding.reason}`] : [],
    ),
  }
}

/** A draft as a line to compare: type, stem, options in order, and the words of the key. */
export const lineOf = (draft: QuestionDraft): string =>
  [
    draft.type,
    draft.stem,
    draft.options.map(({ label, text }) => `${label}${text}`).join('/'),
    `→${keyIdentity({ ...draft, ordered: true }, draft.key).replaceAll('\n', '+')}`,
  ].join(' ')
