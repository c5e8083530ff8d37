import type { WriteStream } from 'node:tty'
import { wording } from './wording.ts'

/** Where a command writes its answer and shows how far it is. */
export interface Terminal {
  line: (text: string) => void
  /** How far the work is: drawn on a terminal, a line every tenth where the output goes to a file. */
  progress: (done: number, of: number | undefined) => void
  /** Takes a drawn bar away. */
  end: () => void
}

const WIDTH = 30
const REDRAW_MS = 80
/** Without a known end, a plain line tells every so many. */
const PLAIN_STEP = 1_000

/** A terminal on standard output; the bar goes to standard error, so that a piped answer stays clean. */
export function createTerminal(
  out: WriteStream = process.stdout,
  err: WriteStream = process.stderr,
): Terminal {
  let drawn = false
  let drawnAt = 0
  let told = 0
  const end = (): void => {
    if (drawn) err.write('\r\u001b[K')
    drawn = false
    told = 0
  }
  const draw = (done: number, of: number | undefined): void => {
    const last = of !== undefined && done >= of
    if (!last && Date.now() - drawnAt < REDRAW_MS) return
    drawnAt = Date.now()
    drawn = true
    err.write(`\r\u001b[K${bar(done, of)}`)
  }
  const tell = (done: number, of: number | undefined): void => {
    const step = of === undefined ? Math.floor(done / PLAIN_STEP) : Math.floor((done / Math.max(of, 1)) * 10)
    if (step <= told) return
    told = step
    err.write(`${wording.progress(done, of)}\n`)
  }
  return {
    line: text => {
      end()
      out.write(`${text}\n`)
    },
    progress: err.isTTY ? draw : tell,
    end,
  }
}

function bar(done: number, of: number | undefined): string {
  if (of === undefined) return wording.progress(done, of)
  const filled = Math.round((Math.min(done, of) / Math.max(of, 1)) * WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${wording.progress(done, of)}`
}
