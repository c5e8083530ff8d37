import type { Log } from '../base/log.ts'
import { isPlatformFailure, type PlatformFailure } from '../base/platform-failure.ts'
import type { Wechat } from '../clients/wechat.ts'
import { chosen, type Piece } from './session/pieces.ts'
import { closing, isSent, leftOf, sending, takingBack } from './session/window.ts'
import { changeWindow, windowOf } from './session-window-service.ts'

interface Outside {
  wechat: Pick<Wechat, 'sendServiceMessage'>
  now: () => Date
  log: Log
  /** Where the rest is. */
  rest: string
}

/**
 * Sends what the session takes of these pieces, each at most once: it is counted before it goes out, so a crash in
 * between leaves it to the mini-program. Fails where nothing happened and another try may do.
 */
export async function send(openid: string, pieces: readonly Piece[], outside: Outside): Promise<void> {
  const { now, rest } = outside
  const window = await windowOf(openid)
  const open = pieces.filter(({ key }) => !isSent(window, key))
  for (const piece of chosen(open, leftOf(window, now().getTime()), rest)) {
    const at = now()
    if (!(await changeWindow(openid, known => sending(known, piece.key, at.getTime()), at))) continue
    if (!(await sendOne(openid, piece, outside))) return
  }
}

/** False when what follows need not be tried. */
async function sendOne(openid: string, piece: Piece, outside: Outside): Promise<boolean> {
  const { text, ai } = piece
  try {
    await outside.wechat.sendServiceMessage({ openid, content: { kind: 'text', text }, ai })
    return true
  } catch (error) {
    if (!isPlatformFailure(error)) throw error
    return failed(error, openid, piece, outside)
  }
}

async function failed(error: PlatformFailure, openid: string, { key }: Piece, { now, log }: Outside) {
  const { kind, reason, rid } = error
  switch (kind) {
    case 'retry':
    case 'token':
    case 'wait':
      await changeWindow(openid, window => takingBack(window, key), now())
      throw error
    case 'unknown':
      log.warn({ reason }, 'a service message may not have arrived')
      return true
    case 'closed':
      await changeWindow(openid, closing, now())
      return false
    case 'invalid':
    case 'drop':
    case 'unseen':
    case 'ledger-empty':
    case 'set-up':
      log.error({ kind, reason, rid }, 'a service message was not taken')
      return kind === 'invalid'
  }
}
