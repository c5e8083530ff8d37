import { crc32 } from 'node:zlib'
import { CFB, utils, write, type BookType, type Range } from '@e965/xlsx'

type Cell = string | number | boolean | null
export type Sheets = Record<string, { rows: Cell[][]; merges?: Range[] }>

/** A workbook file with these sheets. */
export function workbook(sheets: Sheets, bookType: BookType = 'xlsx'): Buffer {
  const book = utils.book_new()
  for (const [name, { rows, merges }] of Object.entries(sheets)) {
    const sheet = utils.aoa_to_sheet(rows)
    if (merges) sheet['!merges'] = merges
    utils.book_append_sheet(book, sheet, name)
  }
  return write(book, { type: 'buffer', bookType }) as Buffer
}

/** A workbook of one sheet. */
export const sheet = (rows: Cell[][], bookType?: BookType): Buffer => workbook({ Sheet1: { rows } }, bookType)

/** An archive of stored files; `declared` overrides the unpacked size the directory states. */
export function zip(files: Record<string, string>, declared: Record<string, number> = {}): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt32LE(checksum(content), 14)
    head.writeUInt32LE(content.length, 18)
    head.writeUInt32LE(content.length, 22)
    head.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    head.copy(entry, 16, 14, 28)
    entry.writeUInt32LE(declared[name] ?? content.length, 24)
    entry.writeUInt32LE(offset, 42)
    parts.push(head, Buffer.from(name), content)
    directory.push(entry, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + content.length
  }
  const end = Buffer.alloc(22)
  const size = directory.reduce((sum, each) => sum + each.length, 0)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
}

/** zlib's own where Node has it (22), else by the book. */
function checksum(content: Buffer): number {
  if (typeof crc32 === 'function') return crc32(content)
  let crc = ~0
  for (const byte of content) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const run = (text: string) => `<w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r>`

/** A paragraph of a Word file; `list` makes it an item of the question (1) or the option (2) list. */
export const paragraph = (text: string, list?: 1 | 2): string =>
  `<w:p>${list ? `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr></w:pPr>` : ''}${run(text)}</w:p>`

/** A table of a Word file. */
export const wordTable = (rows: string[][]): string =>
  `<w:tbl>${rows
    .map(
      row =>
        `<w:tr>${row
          .map(
            cell =>
              `<w:tc>${cell
                .split('\n')
                .map(text => paragraph(text))
                .join('')}</w:tc>`,
          )
          .join('')}</w:tr>`,
    )
    .join('')}</w:tbl>`

const level = (format: string, pattern: string) =>
  `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${pattern}"/></w:lvl>`
const numbering = `<w:numbering><w:abstractNum w:abstractNumId="7">${level('decimal', '%1、')}</w:abstractNum><w:abstractNum w:abstractNumId="8">${level('upperLetter', '%1.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`

/** A Word file of paragraphs and tables. */
export const wordFile = (blocks: string[]): Buffer =>
  zip({
    'word/document.xml': `<?xml version="1.0"?><w:document><w:body>${blocks.join('')}</w:body></w:document>`,
    'word/numbering.xml': numbering,
  })

/** An old Word file (.doc): one piece of two-byte text; cells end with \u0007, paragraphs with a line end. */
export function oldWordFile(text: string): Buffer {
  const words = Buffer.from(`${text.replaceAll('\n', '\r')}\r`, 'utf16le')
  const head = Buffer.alloc(0x600)
  head.writeUInt16LE(0xa5ec, 0)
  head.writeUInt16LE(0x0200, 0xa)
  head.writeUInt32LE(head.length, 0x18)
  head.writeUInt32LE(words.length / 2, 0x4c)
  const pieces = Buffer.alloc(1 + 4 + 8 + 8)
  pieces.writeUInt8(2, 0)
  pieces.writeUInt32LE(16, 1)
  pieces.writeUInt32LE(words.length / 2, 9)
  pieces.writeUInt32LE(head.length, 15)
  const container = CFB.utils.cfb_new()
  // Streams under 4096 bytes live elsewhere in the file; padding keeps this builder simple.
  CFB.utils.cfb_add(container, '/WordDocument', Buffer.concat([head, words, Buffer.alloc(4096)]))
  CFB.utils.cfb_add(container, '/1Table', Buffer.concat([pieces, Buffer.alloc(4096)]))
  return CFB.write(container, { type: 'buffer' }) as Buffer
}
