import { wording } from './wording.ts'

/** Why the server cannot start, in sentences for the operator. */
export class StartError extends Error {
  readonly sentences: readonly string[]
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.sentences = sentences
  }
}

const forbidden = new Set(['EACCES', 'EPERM', 'EROFS'])

/** What the operator reads of any failure: sentences where they are known, else the stack. */
export function sentencesOf(error: unknown): readonly string[] {
  if (error instanceof StartError) return error.sentences
  const { code, message, stack, file, offset } = error as NodeJS.ErrnoException & {
    file?: string
    offset?: number
  }
  if (code === 'EMBEDDED_LOCKED') return [wording.folderInUse, message]
  if (code === 'EMBEDDED_DAMAGED') return [wording.dataDamaged(file ?? '', offset ?? 0), message]
  if (code === 'EMBEDDED_FORMAT') return [wording.dataFormat, message]
  if (code !== undefined && forbidden.has(code)) return [wording.fileForbidden, message]
  return [stack ?? String(error)]
}
