import Taro from '@tarojs/taro'

/** Puts a text into the clipboard; the platform says that it did. False where it may not. */
export const copy = (text: string): Promise<boolean> =>
  Taro.setClipboardData({ data: text }).then(
    () => true,
    () => false,
  )
