import { createRequire } from 'node:module'
import { compile } from './compile.mjs'

/** `npm start` and `npm run cli`: compiles the server, about a second, and runs one of its programs in this process. */
const [name = 'main'] = process.argv.splice(2, 1)
process.setSourceMapsEnabled(true)
await compile()
createRequire(import.meta.url)(`../dist/server/${name}.js`)
