import { decodeText } from './decode.ts'
import { parseDelimited } from './delimited.ts'
import { isJson, readJson } from './json.ts'
import { readLegacyWord } from './legacy-word.ts'
import { isMarkdown, readMarkdown } from './markdown.ts'
import { UnreadableError, type Part } from './part.ts'
import { readWorkbook } from './spreadsheet.ts'
import { readDocument } from './word.ts'
import { openZip } from './zip.ts'

/** The largest file that is read at all. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

/** How archives (.docx, .xlsx) and old Office files begin. */
export const ZIP = [0x50, 0x4b, 3, 4]
export const OLE = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * Tables, texts or trees of a file. The first bytes decide the format, the name only where they cannot.
 * Throws UnreadableError.
 */
export async function readParts(bytes: Uint8Array, name: string): Promise<Part[]> {
  if (bytes.length > MAX_FILE_BYTES) throw new UnreadableError('too-large', `${bytes.length} bytes`)
  if (startsWith(bytes, ZIP)) return readArchive(bytes)
  if (startsWith(bytes, OLE)) {
    return holdsWord(bytes) ? readLegacyWord(bytes) : readWorkbook(bytes)
  }
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) throw new UnreadableError('unsupported', 'PDF')
  return readPlain(withoutDirectives(decodeText(bytes)), extensionOf(name), bytes)
}

/** Anki opens its exports with lines such as "#separator:tab"; they become empty, so that places stay right. */
const withoutDirectives = (text: string): string =>
  text.replace(
    /^(?:#(?:separator|html|tags|columns|deck|notetype|guid)(?: column)?:[^\n]*\n)+/i,
    directives => directives.replace(/[^\n]/g, ''),
  )

/** Formats that can use far more memory than their size. */
export const isHeavy = (bytes: Uint8Array): boolean => startsWith(bytes, ZIP) || startsWith(bytes, OLE)

function readArchive(bytes: Uint8Array): Part[] {
  const archive = openZip(bytes)
  if (archive.names.includes('word/document.xml')) return readDocument(archive) ?? []
  if (archive.names.some(name => name.startsWith('xl/')) || archive.names.includes('content.xml')) {
    return readWorkbook(bytes)
  }
  throw new UnreadableError('unsupported', 'an archive that is neither a workbook nor a document')
}

/** An old Word file names its main stream; the name stands in the directory in UTF-16. */
export function holdsWord(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.includes(Buffer.from('WordDocument', 'utf16le'))
}

function readPlain(text: string, extension: string, bytes: Uint8Array): Part[] {
  if (text.includes('\0')) throw new UnreadableError('unsupported', 'binary content')
  const tree = isJson(text) ? readJson(text) : null
  if (tree !== null) return tree
  if (/^jsonl?$/.test(extension) && text.trim() !== '')
    throw new UnreadableError('broken', 'the JSON is damaged')
  if (/^\s*(<\?xml|<!doctype html|<html|<table)/i.test(text)) return readWorkbook(bytes)
  if (extension === 'csv' || extension === 'tsv') {
    return [{ kind: 'table', name: '', rows: parseDelimited(text), spans: [] }]
  }
  if (extension === 'md' || extension === 'markdown' || isMarkdown(text)) return readMarkdown(text)
  const delimiter = ['\t', ',', ';'].find(each => isDelimited(text, each))
  if (delimiter !== undefined)
    return [{ kind: 'table', name: '', rows: parseDelimited(text, delimiter), spans: [] }]
  const lines = text.split('\n').map((line, index) => ({ at: index + 1, text: line }))
  return lines.some(line => line.text.trim() !== '') ? [{ kind: 'text', name: '', lines }] : []
}

/** A text whose first rows all have the same number of cells, three or more, is a table without its name. */
function isDelimited(text: string, delimiter: string): boolean {
  const rows = parseDelimited(text.slice(0, 16_384), delimiter).slice(0, 20)
  const widths = new Set(rows.map(({ cells }) => cells.length))
  return rows.length > 1 && widths.size === 1 && [...widths].every(width => width > 2)
}

/** The ending of a file's name without its dot, in small letters. */
export const extensionOf = (name: string): string => /\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

export const startsWith = (bytes: Uint8Array, magic: number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte)
