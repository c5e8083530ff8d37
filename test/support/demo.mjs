import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** `demo.mjs model|wechat [ARGUMENTS]`: compiles a stand-in of the outside and runs it until it is stopped. */
const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
const [name, ...rest] = process.argv.slice(2)
const outfile = join(root, `dist/demo/${name}.mjs`)
await build({
  entryPoints: [join(here, `demo-${name}-child.ts`)],
  outfile,
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
})
const child = spawn(process.execPath, [outfile, ...rest], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', code => {
  process.exitCode = code ?? 0
})
