import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { Log } from '../base/log.ts'
import { program } from '../base/paths.ts'
import { frontFolder, hasSources, isCurrent, secondsFile, sourceHash } from './front-source.ts'

/** How the h5 mini-program stands: there, being built, or broken. */
export type FrontState =
  | { phase: 'ready'; folder: string }
  | { phase: 'building'; since: number; expectedSeconds: number }
  | { phase: 'failed'; lines: string[] }

export interface Front {
  state: () => FrontState
  /** Ends a build that is under way. */
  stop: () => void
}

/** Two cores of 2020; replaced by the last build's own time. */
const EXPECTED_SECONDS = 45
/** What is kept of the build's output, for the page that tells of a failure. */
const KEPT_LINES = 20

/**
 * Sees to it that the h5 mini-program is there: builds it in a child process when its sources changed, unless `build`
 * is false or the sources are not here.
 */
export function startFront(log: Log, build: boolean): Front {
  const ready: FrontState = { phase: 'ready', folder: frontFolder('h5') }
  let state: FrontState = build && hasSources() ? building() : ready
  let child: ChildProcess | undefined
  let stopped = false

  const fail = (lines: string[]): void => {
    if (stopped || state.phase === 'failed') return
    state = { phase: 'failed', lines }
    log.error({ lines }, 'the h5 mini-program could not be built')
  }
  const run = (): void => {
    const lines: string[] = []
    const hear = (bytes: Buffer): void => {
      lines.push(...linesOf(bytes))
      lines.splice(0, lines.length - KEPT_LINES)
    }
    child = spawn(process.execPath, [program('front-build'), 'h5'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', error => fail([String(error)]))
    child.once('close', code => (code === 0 ? (state = ready) : fail(lines)))
  }
  if (state.phase === 'building') {
    sourceHash()
      .then(hash => {
        if (isCurrent('h5', hash)) state = ready
        else if (!stopped) run()
      })
      .catch((error: unknown) => fail([String(error)]))
  }
  return {
    state: () => state,
    stop: () => {
      stopped = true
      child?.kill('SIGTERM')
    },
  }
}

function building(): FrontState {
  const file = secondsFile('h5')
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return { phase: 'building', since: Date.now(), expectedSeconds: last || EXPECTED_SECONDS }
}

/** The lines of a piece of terminal output, without its colours. */
const linesOf = (bytes: Buffer): string[] =>
  bytes
    .toString()
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => line !== '')
