import { WrongCall } from '../command.ts'
import { onStop } from '../signal.ts'
import type { Terminal } from '../terminal.ts'
import { wording } from './wording.ts'

/** Does work that Ctrl-C ends where it next tells how far it is, so that it can clean up behind itself. */
export async function interruptible<T>(
  { progress }: Terminal,
  work: (onProgress: Terminal['progress']) => Promise<T>,
): Promise<T> {
  let interrupted = false
  const forget = onStop(() => (interrupted = true))
  try {
    return await work((done, of) => {
      if (interrupted) throw new WrongCall(wording.interrupted)
      progress(done, of)
    })
  } finally {
    forget()
  }
}
