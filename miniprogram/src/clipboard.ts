import Taro from '@tarojs/taro'
import { privacyTrouble } from './privacy.ts'
import { wording } from './wording.ts'

/** Puts a text into the clipboard; the platform says that it did. The words of what went wrong, '' where nothing did. */
export const copy = (text: string): Promise<string> =>
  Taro.setClipboardData({ data: text }).then(
    () => '',
    (reason: unknown) => privacyTrouble(reason) || wording.notCopied,
  )
