import type { WecomContent } from '../clients/wecom/message.ts'
import type { Fields } from './channel.ts'
import { roomForHan, sizeOf } from './fitting.ts'
import { dateInWords, fitted, toMembers } from './wording.ts'

/** What opens from a message: the mini-program linked to the app, or else the h5 pages of a site. */
export interface Lead {
  appid?: string | undefined
  /** Its address, without a slash at the end. */
  site?: string | undefined
}

const NOTICE_TITLE = roomForHan(12)
const LEAST_TITLE = { characters: 4, bytes: 12 }
const NOTICE_VALUE = roomForHan(30)
const CARD_TITLE = { characters: 128, bytes: 128 }
/** A card's description takes 512 bytes, of which the time needs a few. */
const CARD_TEXT = { characters: 450, bytes: 450 }
/** Two of them, a time and a sentence stay below the 2,048 bytes of a text. */
const TEXT_LINE = { characters: 900, bytes: 900 }

/**
 * A reminder as a message to members. Each form says the time, as WeCom drops what has the same words as another
 * message of the last hours. Source: developer.work.weixin.qq.com, path 90236.
 */
export function memberMessage(fields: Fields, page: string, { appid, site }: Lead): WecomContent {
  const at = `${dateInWords(fields.day)} ${fields.slot}`
  if (appid !== undefined) return notice(fields, { at, appid, page })
  const title = unmarked(fields.title)
  const text = unmarked(fields.text)
  if (site === undefined) {
    const lines = [fitted(title, TEXT_LINE), fitted(text, TEXT_LINE), at, toMembers.openByHand]
    return { kind: 'text', text: lines.join('\n') }
  }
  return {
    kind: 'card',
    title: fitted(title, CARD_TITLE),
    description: `${at}\n${fitted(text, CARD_TEXT)}`,
    url: `${site}/#/${page}`,
    button: toMembers.open,
  }
}

function notice(
  fields: Fields,
  { at, appid, page }: { at: string; appid: string; page: string },
): WecomContent {
  const title = noticeTitle(fields.title)
  const subject = fitted(fields.title, NOTICE_VALUE)
  return {
    kind: 'notice',
    ...{ appid, page, title, description: at },
    items: [
      ...(title.includes(subject) ? [] : [{ key: toMembers.subject, value: subject }]),
      { key: toMembers.text, value: fitted(fields.text, NOTICE_VALUE) },
    ],
  }
}

function noticeTitle(title: string): string {
  const fitting = fitted(title, NOTICE_TITLE)
  const { characters, bytes } = sizeOf(fitting)
  const enough = characters >= LEAST_TITLE.characters && bytes >= LEAST_TITLE.bytes
  return enough ? fitting : fitted(toMembers.titled(fitting), NOTICE_TITLE)
}

/** In cards and texts WeCom takes what stands between these signs for markup. */
const unmarked = (text: string): string => text.replaceAll('<', '＜').replaceAll('>', '＞')
