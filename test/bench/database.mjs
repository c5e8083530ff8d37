import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { compile } from '../../server/compile.mjs'

/** `npm run bench:database [-- --brief]`: compiles the engine and the benchmark, and runs each in processes of its own. */
const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
await compile()
await build({
  entryPoints: {
    database: join(here, 'database/bench.ts'),
    'memory-probe': join(here, 'database/memory-probe.ts'),
  },
  outdir: join(root, 'dist/bench'),
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
})
const program = join(root, 'dist/bench/database.js')
const child = spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
})
child.once('exit', code => {
  process.exitCode = code ?? 1
})
