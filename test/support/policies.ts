import { join } from 'node:path'
import { root } from '#server/base/paths'
import { findFiles, importPolicyFiles } from '#server/policy/service'

const folder = join(root, 'server/policy/sample/documents')

/** Imports the example documents that come with the product. */
export async function samplePolicies(now: Date): Promise<void> {
  const files = (await findFiles(folder)) ?? []
  const { counts } = await importPolicyFiles({ source: folder, files, collectedOn: '2026-11-01', now })
  if (counts.rejected > 0) throw new Error('the example documents are not imported')
}
