import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** `npm run demo:wechat [PORT] [SERVER]`: compiles the emulator of WeChat and runs it until it is stopped. */
const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
const outfile = join(root, 'dist/demo/wechat.mjs')
await build({
  entryPoints: [join(here, 'demo-wechat-child.ts')],
  outfile,
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
})
const child = spawn(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', code => {
  process.exitCode = code ?? 0
})
