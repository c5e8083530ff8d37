import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { UnreadableError, type Part } from './part.ts'
import { paragraphsOf, type Glyphs } from './pdf-line.ts'

const MAX_PAGES = 2_000
const MAX_LETTERS = 20_000_000
/** The end mark stands in the last kilobyte of a whole file (ISO 32000-1, implementation note to 7.5.5). */
const TAIL_BYTES = 4_096

/** Paragraphs of a PDF that carries its text; a damaged file is refused rather than read in part. */
export async function readPdf(bytes: Uint8Array): Promise<{ parts: Part[]; margins: string[] }> {
  if (!Buffer.from(bytes.subarray(-TAIL_BYTES)).includes('%%EOF')) {
    throw new UnreadableError('broken', 'the PDF has no end')
  }
  const pages = await glyphsOf(bytes).catch((cause: unknown) => {
    if (cause instanceof UnreadableError) throw cause
    const locked = (cause as { name?: string }).name === 'PasswordException'
    throw new UnreadableError(locked ? 'encrypted' : 'broken', String(cause))
  })
  const { lines, margins } = paragraphsOf(pages)
  if (lines.length === 0) throw new UnreadableError('no-text', 'the PDF has no text')
  return { parts: [{ kind: 'text', name: '', lines }], margins }
}

async function glyphsOf(bytes: Uint8Array): Promise<Glyphs[][]> {
  // pdf.js makes one matrix as it is loaded, for drawing; its text needs none, and so no native canvas.
  Object.assign(globalThis, { DOMMatrix: globalThis.DOMMatrix ?? class {} })
  // Loaded where it is needed: it is large, and an ES module only.
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const home = dirname(createRequire(__filename).resolve('pdfjs-dist/package.json'))
  const task = getDocument({
    data: Uint8Array.from(bytes),
    cMapUrl: `${join(home, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
    isEvalSupported: false,
    stopAtErrors: true,
    verbosity: 0,
  })
  try {
    const pdf = await task.promise
    if (pdf.numPages > MAX_PAGES) throw new UnreadableError('too-large', `${pdf.numPages} pages`)
    const pages: Glyphs[][] = []
    let letters = 0
    for (let number = 1; number <= pdf.numPages; number++) {
      const { items } = await (await pdf.getPage(number)).getTextContent()
      const page = items.flatMap(item => ('str' in item && item.str !== '' ? [glyphsFrom(item)] : []))
      letters += page.reduce((sum, { text }) => sum + text.length, 0)
      if (letters > MAX_LETTERS) throw new UnreadableError('too-large', `more than ${MAX_LETTERS} letters`)
      pages.push(page)
    }
    return pages
  } finally {
    await task.destroy()
  }
}

interface Item {
  str: string
  transform: number[]
  width: number
  height: number
}

function glyphsFrom({ str, transform, width, height }: Item): Glyphs {
  const [, , rise = 0, scale = 0, x = 0, y = 0] = transform
  return { text: str, x, y, width, height: height || Math.hypot(rise, scale) }
}
