import { createRequire } from 'node:module'

/** `npm start`, `npm run cli` and `npm run database`: compiles the server, about a second, and runs one of its programs in this process. */
const [name = 'main'] = process.argv.splice(2, 1)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 20)) {
  stop(`日知需要 Node.js 20.20 以上，现在是 ${process.versions.node} (Rizhi needs Node.js 20.20 or later)`)
}
const { compile } = await import('./compile.mjs').catch(() =>
  stop('还没有安装依赖，请先运行 npm install (run npm install first)'),
)
process.setSourceMapsEnabled(true)
await compile()
createRequire(import.meta.url)(`../dist/server/${name}.js`)

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
