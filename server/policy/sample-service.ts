import { join } from 'node:path'
import { root } from '../base/paths.ts'
import { findFiles } from './file-service.ts'
import { importPolicyFiles } from './import-service.ts'
import { PolicyFact } from './model.ts'
import type { PolicyImportReport } from './report.ts'
import { importStatusTable, type StatusImportReport } from './status-service.ts'

const folder = join(root, 'dist/server/policy-sample')

/** The status table that comes with the product: well-known changes of laws. */
export const shippedStatusTable = join(folder, 'status.csv')

/** Imports the example documents of a county that does not exist. */
export async function importSamplePolicies(now: Date): Promise<PolicyImportReport> {
  const source = join(folder, 'documents')
  const files = (await findFiles(source)) ?? []
  return importPolicyFiles({ source, files, collectedOn: null, now })
}

/** Imports the status table that comes with the product; null where lines of one of its name are stored already. */
export async function importShippedStatus(now: Date): Promise<StatusImportReport | null> {
  const known = await PolicyFact.exists({ table: 'status.csv' })
  return known === null ? importStatusTable({ file: shippedStatusTable, now }) : null
}
