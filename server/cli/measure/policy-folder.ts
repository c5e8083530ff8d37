import { readFile } from 'node:fs/promises'
import { readDocumentGuarded } from '#server/reading/guarded'
import { UnreadableError } from '#server/reading/part'
import { documentWeight } from '../../policy/document-weight.ts'
import { findFiles } from '../../policy/service.ts'
import { prepare } from '../../policy/prepare.ts'
import type { PolicyDocument } from '../../policy/retrieval/catalogue.ts'
import type { CitedPiece } from '../../policy/split/piece.ts'

/**
 * The policy files of a folder as documents to be searched, split and named as an import does; what cannot be imported
 * is left out. Each version counts. The key of an article is `path#第N条`; an annex that counts anew has `path#第N条~2`.
 */
export async function documentsInFolder(
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<PolicyDocument[]> {
  const files = (await findFiles(folder)) ?? []
  const documents: PolicyDocument[] = []
  for (const [at, { file, path }] of files.entries()) {
    const document = await documentFrom(file, path)
    if (document !== null) documents.push(document)
    onProgress(at + 1, files.length)
  }
  return documents
}

async function documentFrom(file: string, path: string): Promise<PolicyDocument | null> {
  try {
    const prepared = prepare(await readDocumentGuarded(await readFile(file), path), { path })
    if ('refused' in prepared) return null
    const { title, names, level, region } = prepared.description
    return {
      ...{
        key: path,
        name: title,
        otherNames: names.filter(name => name !== title),
        from: null,
        until: null,
      },
      weight: documentWeight(level, region, []),
      articles: articlesOf(path, prepared.cited),
    }
  } catch (error) {
    if (error instanceof UnreadableError) return null
    throw error
  }
}

function articlesOf(path: string, cited: readonly CitedPiece[]): PolicyDocument['articles'] {
  const counts = new Map<string, number>()
  return cited.map(piece => {
    const count = (counts.get(piece.label) ?? 0) + 1
    counts.set(piece.label, count)
    const columns = piece.kind === 'passage' ? (piece.columns ?? '') : ''
    return {
      key: `${path}#${piece.label}${count === 1 ? '' : `~${count}`}`,
      label: piece.label,
      heading: piece.path.join(' '),
      text: columns === '' ? piece.text : `${columns}\n${piece.text}`,
    }
  })
}
