import Taro from '@tarojs/taro'
import { whenSignedOut } from './session.ts'
import { forget, keep, read } from './storage.ts'
import { createStore } from './store.ts'
import { wording } from './wording.ts'

const KEY = 'avatar'
/** Largest picture that is kept. */
const LIMIT = 2 * 1024 * 1024

/** Where on this device the cadre's picture is; '' without one. It is sent nowhere. */
export const avatar = createStore(read(KEY, ''))
whenSignedOut(dropAvatar)

/** Keeps the picture WeChat hands over for a moment, in place of the one before; the words of what went wrong, or ''. */
export async function keepAvatar(temporary: string): Promise<string> {
  try {
    if ((await fileSize(temporary)) > LIMIT) return wording.avatarTooLarge
    const path = await saved(temporary)
    dropAvatar()
    if (!keep(KEY, path)) {
      remove(path)
      return wording.avatarNotKept
    }
    avatar.set(path)
    return ''
  } catch {
    return wording.avatarNotKept
  }
}

/** Deletes the picture. */
export function dropAvatar(): void {
  const path = avatar.get()
  if (path === '') return
  avatar.set('')
  forget(KEY)
  remove(path)
}

const fileSize = (filePath: string): Promise<number> =>
  new Promise((resolve, reject) =>
    Taro.getFileSystemManager().getFileInfo({ filePath, success: ({ size }) => resolve(size), fail: reject }),
  )

/** The file stands there until the app is deleted from the phone; a temporary one may go at any time. */
const saved = (tempFilePath: string): Promise<string> =>
  new Promise((resolve, reject) =>
    Taro.getFileSystemManager().saveFile({
      tempFilePath,
      success: ({ savedFilePath }) => resolve(String(savedFilePath)),
      fail: reject,
    }),
  )

/** A file that is gone already is no harm. */
const remove = (filePath: string): void =>
  Taro.getFileSystemManager().removeSavedFile({ filePath, fail: () => undefined })
