import { cpSync, existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Every `worker.ts` is a program of its own, named after its folder: `reading/worker.ts` → `reading-worker.js`. */
function workers() {
  const files = readdirSync(join(root, 'server'), { recursive: true }).map(String)
  return files
    .filter(file => basename(file) === 'worker.ts')
    .map(file => [`${basename(dirname(file))}-worker`, join(root, 'server', file)])
}

const sample = join(root, 'server/course/sample')
const policySample = join(root, 'server/policy/sample')
const learned = join(root, 'server/policy/learned-words.tsv')

const programs = [
  ['main', join(root, 'server/main.ts')],
  ['cli', join(root, 'server/cli.ts')],
  ['database', join(root, 'server/database.ts')],
  ['front-build', join(root, 'server/http/front-build.ts')],
]

const compileOne = ([name, file]) =>
  build({
    entryPoints: { [name]: file },
    outdir: join(root, 'dist/server'),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })

/** Compiles the server's programs to `dist/server`, sample content and learned words beside them; packages stay where npm put them. */
export async function compile() {
  const results = await Promise.allSettled([...programs, ...workers()].map(compileOne))
  if (existsSync(sample)) cpSync(sample, join(root, 'dist/server/sample'), { recursive: true })
  if (existsSync(policySample))
    cpSync(policySample, join(root, 'dist/server/policy-sample'), { recursive: true })
  if (existsSync(learned)) cpSync(learned, join(root, 'dist/server/learned-words.tsv'))
  if (results.some(({ status }) => status === 'rejected')) throw new Error('the server does not compile')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compile()
