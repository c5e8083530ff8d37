import { decodeText } from './decode.ts'
import { readHtml } from './html.ts'
import { readLegacyDocument } from './legacy-word.ts'
import { isMarkdown, readMarkdown } from './markdown.ts'
import { UnreadableError, type Part } from './part.ts'
import { readPdf } from './pdf.ts'
import { extensionOf, holdsWord, MAX_FILE_BYTES, OLE, startsWith, ZIP } from './read.ts'
import { readDocument } from './word.ts'
import { unwrapped } from './unwrap.ts'
import { tokens } from './xml.ts'
import { openZip } from './zip.ts'

export type DocumentFormat = 'markdown' | 'text' | 'html' | 'word' | 'legacy-word' | 'pdf'

/** A text document: its parts in order, and what stands outside of the text: page heads and feet. */
export interface ReadDocument {
  format: DocumentFormat
  parts: Part[]
  margins: string[]
}

/** The endings of files that are read as documents. */
export const DOCUMENT_FILE = /\.(?:md|markdown|txt|text|docx?|wps|pdf|html?)$/i

/** More text than any document has; the longest code has 120,000 letters. What is stored of one fits into a record. */
const MAX_LETTERS = 3_000_000

/** How programs, pictures and archives of other kinds begin. */
const FOREIGN = ['4d5a', '7f454c46', '89504e47', 'ffd8ff', '47494638', '52617221', '377abcaf', '1f8b']

/** A Markdown file of a law may tell its history first, up to this mark (as the public LawRefBook collection does). */
const HISTORY_END = /^<!--\s*INFO END\s*-->[ \t]*$/m

/**
 * Reads a text document. The bytes decide the format; a name that promises another one is refused, as is an encrypted
 * or a damaged file. Markdown that tells its history first has that in a first part named `front`. Throws UnreadableError.
 */
export async function readTextDocument(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  if (bytes.length > MAX_FILE_BYTES) throw new UnreadableError('too-large', `${bytes.length} bytes`)
  const format = formatOf(bytes, extensionOf(name))
  requireAgreement(format, extensionOf(name))
  const read = await readAs(format, bytes)
  const letters = read.parts.reduce((sum, part) => sum + lettersOf(part), 0)
  if (letters > MAX_LETTERS) throw new UnreadableError('too-large', `${letters} letters`)
  return read
}

async function readAs(format: DocumentFormat, bytes: Uint8Array): Promise<ReadDocument> {
  if (format === 'pdf') return { format, ...(await readPdf(bytes)) }
  if (format === 'legacy-word') {
    if (isLocked(bytes)) throw new UnreadableError('encrypted', 'a .doc with a password')
    return { format, ...(await readLegacyDocument(bytes)) }
  }
  if (format === 'word') return { format, ...readWord(bytes) }
  const text = decodeText(bytes).replace(/^\uFEFF/, '')
  if (format === 'html') return { format, parts: readHtml(text), margins: [] }
  if (text.length > MAX_LETTERS) throw new UnreadableError('too-large', `${text.length} letters`)
  return { format, parts: format === 'markdown' ? fromMarkdown(text) : fromText(text), margins: [] }
}

function lettersOf(part: Part): number {
  if (part.kind === 'tree') return 0
  const texts =
    part.kind === 'text' ? part.lines.map(({ text }) => text) : part.rows.flatMap(row => row.cells)
  return texts.reduce((sum, text) => sum + text.length, 0)
}

function formatOf(bytes: Uint8Array, extension: string): DocumentFormat {
  if (buffer(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf'
  if (startsWith(bytes, ZIP)) return 'word'
  if (startsWith(bytes, OLE)) {
    if (buffer(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
      throw new UnreadableError('encrypted', 'an encrypted package')
    }
    if (!holdsWord(bytes)) throw new UnreadableError('unsupported', 'neither .doc nor an encrypted .docx')
    return 'legacy-word'
  }
  return textFormatOf(bytes, extension)
}

function textFormatOf(bytes: Uint8Array, extension: string): DocumentFormat {
  const binary = /^(?:pdf|docx?|wps)$/.test(extension)
  let text: string
  try {
    text = decodeText(bytes)
  } catch (cause) {
    throw binary ? noDocument(bytes, extension) : cause
  }
  // Control characters stand in no text: what is left of a damaged file, a picture, a program.
  if (/[\0-\x08\x0e-\x1a]/.test(text.slice(0, 65_536))) {
    throw binary ? noDocument(bytes, extension) : new UnreadableError('unsupported', 'binary content')
  }
  if (/^\uFEFF?\{\\rtf/.test(text)) throw new UnreadableError('unsupported', 'RTF')
  if (/^html?$/.test(extension) || /^\uFEFF?\s*(?:<!doctype html|<html)/i.test(text)) return 'html'
  return extension === 'md' || extension === 'markdown' || isMarkdown(text) ? 'markdown' : 'text'
}

/** What has a document's ending and is none: something else, or what is left of a document. */
function noDocument(bytes: Uint8Array, extension: string): UnreadableError {
  const start = buffer(bytes.subarray(0, 4)).toString('hex')
  const foreign = FOREIGN.some(mark => start.startsWith(mark))
  return new UnreadableError(foreign ? 'mismatch' : 'broken', `no ${extension} in it`)
}

/** What an ending promises; both Word formats go under both of its endings. */
function requireAgreement(format: DocumentFormat, extension: string): void {
  const word = format === 'word' || format === 'legacy-word'
  const agrees =
    extension === 'pdf'
      ? format === 'pdf'
      : /^(?:docx?|wps)$/.test(extension)
        ? word
        : format !== 'pdf' && !word
  if (!agrees) throw new UnreadableError('mismatch', `.${extension} holds ${format}`)
}

function readWord(bytes: Uint8Array): { parts: Part[]; margins: string[] } {
  const archive = openZip(bytes)
  const parts = archive.names.includes('word/document.xml') ? readDocument(archive) : null
  if (parts === null) throw new UnreadableError('unsupported', 'an archive that is no document')
  const margins = archive.names
    .filter(name => /^word\/(?:header|footer)\d*\.xml$/.test(name))
    .map(name => {
      const texts = [...tokens(archive.read(name)?.toString('utf8') ?? '')].map(({ text }) => text)
      return texts.join('')
    })
  return { parts, margins }
}

/** The stream of an old Word file starts at a sector with its magic number; a flag there tells of a password (MS-DOC 2.5.1). */
function isLocked(bytes: Uint8Array): boolean {
  const content = buffer(bytes)
  for (let at = 512; at + 12 <= content.length; at += 512) {
    const version = content.readUInt16LE(at + 2)
    if (content.readUInt16LE(at) !== 0xa5ec || version < 0x65 || version > 0x200) continue
    return (content.readUInt16LE(at + 10) & 0x0100) !== 0
  }
  return false
}

function fromMarkdown(whole: string): Part[] {
  const text = whole.replace(/^---\n[\s\S]*?\n---[ \t]*(?:\n|$)/, blank)
  const end = HISTORY_END.exec(text)
  if (end === null) return readMarkdown(withoutComments(text))
  const front = readMarkdown(withoutComments(text.slice(0, end.index)))
  const body = readMarkdown(withoutComments(blank(text.slice(0, end.index)) + text.slice(end.index)))
  return [...front.map(part => ({ ...part, name: 'front' })), ...body]
}

function fromText(text: string): Part[] {
  const lines = text.split('\n').map((line, index) => ({ at: index + 1, text: line }))
  const some = lines.some(line => line.text.trim() !== '')
  return some ? [{ kind: 'text', name: '', lines: unwrapped(lines) }] : []
}

const withoutComments = (text: string): string => text.replace(/<!--[\s\S]*?-->/g, blank)
/** Keeps line ends, so that places stay right. */
const blank = (text: string): string => text.replace(/[^\n]/g, '')

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
