import { constants, deflateRawSync } from 'node:zlib'
import { CFB } from '@e965/xlsx'

/** A PDF of one page a list of lines, in a Chinese font that is not embedded, as office programs once wrote them. */
export function pdfFile(pages: string[][], { locked = false } = {}): Buffer {
  const objects: string[] = []
  const add = (body: string): number => objects.push(body)
  const font = add(
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [2 0 R] >>',
  )
  add(
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 3 0 R /DW 1000 >>',
  )
  add(
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>',
  )
  const tree = objects.length + 1 + pages.length * 2
  const kids = pages.map(lines => {
    const content = lines.map((line, at) => drawn(line, at)).join('\n')
    const stream = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`)
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${stream} 0 R >>`,
    )
  })
  add(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.map(kid => `${kid} 0 R`).join(' ')}] >>`)
  const catalog = add(`<< /Type /Catalog /Pages ${tree} 0 R >>`)
  return assembled(objects, catalog, locked)
}

const UNFOLDED = 32 * 1024 * 1024

/** A small PDF whose only page unfolds to so many megabytes of blanks. */
export function pdfBomb(megabytes: number): Buffer {
  // Blocks that end at a byte and refer to none before them can be repeated.
  const block = deflateRawSync(Buffer.alloc(UNFOLDED, 32), { finishFlush: constants.Z_FULL_FLUSH })
  const blocks = Array.from({ length: Math.ceil((megabytes * 2 ** 20) / UNFOLDED) }, () => block)
  const packed = Buffer.concat([Buffer.from([0x78, 0x9c]), ...blocks, Buffer.from([3, 0])]).toString('latin1')
  const page = '<< /Type /Page /Parent 4 0 R /MediaBox [0 0 595 842] /Contents 1 0 R >>'
  const objects = [
    `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`,
    page,
    '<< /Type /Catalog /Pages 4 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [2 0 R] >>',
  ]
  return assembled(objects, 3, false)
}

const SIZE = 12

/** Leading ideographic spaces are drawn as an indent, as typesetting programs do. */
function drawn(line: string, at: number): string {
  const text = line.replace(/^　+/, '')
  const x = 72 + (line.length - text.length) * SIZE
  const hex = Buffer.from(text, 'utf16le').swap16().toString('hex')
  return `BT /F1 ${SIZE} Tf 1 0 0 1 ${x} ${760 - at * 20} Tm <${hex}> Tj ET`
}

/** Keys that no password fits. */
const LOCK = `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`

function assembled(objects: string[], catalog: number, locked: boolean): Buffer {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((body, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R ${locked ? LOCK : ''} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

/** What Word makes of a document with a password: a container around an encrypted package. */
export function encryptedWordFile(): Buffer {
  const container = CFB.utils.cfb_new()
  CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(8192, 7))
  CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(4096, 1))
  return CFB.write(container, { type: 'buffer' }) as Buffer
}
