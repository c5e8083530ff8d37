/** A launcher may hand on the Ctrl-C that the terminal has sent already; only a later signal is a second wish. */
const SAME_WISH_MS = 1_000

/** Calls `stop` at the first signal to end; the second ends the process at once. Answers how to listen no more. */
export function onStop(stop: () => void): () => void {
  let first = 0
  const hear = (): void => {
    if (first > 0 && Date.now() - first > SAME_WISH_MS) process.exit(130)
    if (first > 0) return
    first = Date.now()
    stop()
  }
  process.on('SIGINT', hear)
  process.on('SIGTERM', hear)
  return () => {
    process.off('SIGINT', hear)
    process.off('SIGTERM', hear)
  }
}
