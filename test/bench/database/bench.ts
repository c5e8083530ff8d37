import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DOCUMENT_BYTES } from './document.ts'
import { type Engine, engines } from './engine.ts'
import { type Figure, figure } from './figure.ts'
import { type Filled, filled } from './filled.ts'
import { benchOpening } from './opening.ts'
import { type Plan, planOf } from './plan.ts'
import { benchReads } from './reads.ts'
import { benchScans } from './scans.ts'
import { table } from './table.ts'
import { benchWrites } from './writes.ts'

/** Measures the embedded engine beside the reference sketch and a MongoDB, where there are such. */
async function run(plan: Plan): Promise<void> {
  const from = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'rizhi-bench-database-'))
  try {
    const measured = engines(folder)
    const figures = [
      ...(await benchWrites(measured, plan, folder)),
      ...(await readsAndScans(measured, plan, folder)),
      ...(await benchOpening(measured, plan, folder)),
    ]
    console.log(heading(measured, plan))
    console.log(
      table(
        figures,
        measured.map(({ name }) => name),
      ),
    )
    console.log(`${((performance.now() - from) / 1000).toFixed(0)} s`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function readsAndScans(measured: readonly Engine[], plan: Plan, folder: string): Promise<Figure[]> {
  const worlds: Filled[] = []
  for (const engine of measured) worlds.push(await filled(engine, plan.sizes, folder))
  const largest = (plan.sizes.at(-1) ?? 0).toLocaleString('en')
  const filling = figure(`insertMany of ${largest}, two more indexes`, '/s', worlds, one => one.perSecond)
  const figures = [filling, ...(await benchReads(worlds, plan)), ...(await benchScans(worlds, plan))]
  for (const { stop } of worlds) await stop()
  return figures
}

function heading(measured: readonly Engine[], { brief }: Plan): string {
  const [{ model = 'unknown processor' } = {}] = cpus()
  const lines = [
    `${cpus().length} × ${model}, Node.js ${process.version}, documents of ${DOCUMENT_BYTES} bytes`,
    '"to" another engine: our figure over its figure; – could not be measured',
  ]
  if (brief) lines.push('a brief run: it shows that everything runs, its figures say little')
  const missing = !measured.some(({ name }) => name === 'sketch')
  if (missing)
    lines.push('the reference sketch is not there (DATABASE_SKETCH names its folder): only our own figures')
  return `${lines.join('\n')}\n`
}

run(planOf(process.argv.slice(2))).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
