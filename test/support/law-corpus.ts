import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CorpusLine } from '#server/policy/retrieval/corpus'

const ARTICLE = /^第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?=[\s　])/

/** The articles of every law in a folder of Markdown files, each under the file's path and its number. */
export function lawCorpus(folder: string): CorpusLine[] {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter(file => file.endsWith('.md') && !file.endsWith('_index.md'))
  return files.sort().flatMap(file => articlesOf(file, readFileSync(join(folder, file), 'utf8')))
}

/** Articles begin a line with their number; a law without any is one article a paragraph. */
function articlesOf(file: string, text: string): CorpusLine[] {
  const lines: CorpusLine[] = []
  const headings: string[] = []
  const body = text.slice(Math.max(0, text.indexOf('<!-- INFO END -->')))
  for (const line of body.split('\n').map(one => one.trim())) {
    const heading = /^(#+)\s*(.+)$/.exec(line)
    const label = ARTICLE.exec(line)?.[0]
    if (heading) {
      headings.length = (heading[1] ?? '').length - 1
      headings.push(heading[2] ?? '')
    } else if (label) {
      const path = headings.filter(one => one).join(' ')
      lines.push({ name: `${file}#${label}`, content: line.slice(label.length).trim(), heading: path })
    } else if (line !== '' && !line.startsWith('<!--')) {
      const open = lines.at(-1)
      if (open) open.content += `\n${line}`
      else lines.push({ name: `${file}#`, content: line, heading: '' })
    }
  }
  return lines.length > 1 && lines[0]?.name.endsWith('#') ? lines.slice(1) : lines
}
