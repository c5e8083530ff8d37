import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../dist')
/** WeChat allows 2 MB for the main package; this project allows itself less. */
const WEAPP_LIMIT = 700 * 1024
/** What a browser loads before it shows anything, compressed. */
const H5_LIMIT = 300 * 1024

function weappBytes() {
  const entries = readdirSync(join(dist, 'weapp'), { recursive: true, withFileTypes: true })
  const files = entries.filter(
    entry => entry.isFile() && entry.name !== '.stamp' && !entry.name.endsWith('.map'),
  )
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/** The page itself and every script and style sheet it names. */
function h5Bytes() {
  const html = readFileSync(join(dist, 'h5/index.html'), 'utf8')
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="?([^"\s>]+\.(?:js|css))"?/g)]
  const files = named.map(match => readFileSync(join(dist, 'h5', match[1])))
  return [Buffer.from(html), ...files].reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)
}

let fine = true
for (const [name, bytes, limit] of [
  ['weapp main package', weappBytes(), WEAPP_LIMIT],
  ['h5 first load, gzip', h5Bytes(), H5_LIMIT],
]) {
  const ok = bytes <= limit
  fine &&= ok
  console.log(`${name}: ${(bytes / 1024).toFixed(1)} KB of ${limit / 1024} KB${ok ? '' : ' — too large'}`)
}
process.exitCode = fine ? 0 : 1
