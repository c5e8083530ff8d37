import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { compile } from '../../server/compile.mjs'

/** `npm run bench`: compiles the server and the programs of the benchmark, and runs them as an operator would. */
const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
await compile()
await build({
  entryPoints: ['bench', 'real-server', 'floor-server', 'load', 'wechat-child', 'sender-child'].map(name =>
    join(here, `${name}.ts`),
  ),
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
const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/bench/bench.js')], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
})
child.once('exit', code => {
  process.exitCode = code ?? 1
})
