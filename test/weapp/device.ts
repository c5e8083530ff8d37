/** A file on the phone. */
interface StoredFile {
  size: number
  saved: boolean
}

interface FileCall {
  filePath?: string
  tempFilePath?: string
  success?: (reply: object) => void
  fail?: (reply: object) => void
}

/** What of a phone has an end: its storage with WeChat's limits, its files, and the version of the app. */
export interface Device {
  readonly wx: object
  readonly storage: Map<string, unknown>
  /** The storage takes nothing any more. */
  full: boolean
  /** How often something was written into the storage. */
  readonly writes: number
  readonly files: Map<string, StoredFile>
  /** WeChat has fetched a newer version. */
  updateReady(): void
  readonly restarts: number
}

const KEY_LIMIT = 1024 * 1024
const LIMIT = 10 * 1024 * 1024
const bytesOf = (value: unknown): number => Buffer.byteLength(String(value), 'utf16le')

/** An empty phone; `onWrite` hears of each writing into its storage. Sources: storage, FileSystemManager, UpdateManager, developers.weixin.qq.com. */
export function createDevice(onWrite: () => void): Device {
  const storage = new Map<string, unknown>()
  const files = new Map<string, StoredFile>()
  let [writes, restarts] = [0, 0]
  let onReady = (): void => undefined
  const device: Device = {
    storage,
    full: false,
    get writes() {
      return writes
    },
    files,
    updateReady: () => onReady(),
    get restarts() {
      return restarts
    },
    wx: {
      getStorageSync: (key: string) => storage.get(key) ?? '',
      setStorageSync(key: string, value: unknown) {
        onWrite()
        const others = [...storage].filter(([known]) => known !== key)
        const size = others.reduce((sum, [, kept]) => sum + bytesOf(kept), bytesOf(value))
        if (device.full || size > LIMIT || bytesOf(value) > KEY_LIMIT)
          throw new Error('setStorageSync:fail exceed storage max size')
        writes += 1
        storage.set(key, value)
      },
      removeStorageSync: (key: string) => storage.delete(key),
      getUpdateManager: () => ({
        onUpdateReady: (listener: () => void) => {
          onReady = listener
        },
        applyUpdate: () => {
          restarts += 1
        },
      }),
      getFileSystemManager: () => fileSystem(files),
    },
  }
  return device
}

function fileSystem(files: Map<string, StoredFile>): object {
  let number = 0
  const missing = (fail: FileCall['fail'], path: string): void =>
    fail?.({ errno: 1300002, errMsg: `fail no such file or directory ${path}` })
  return {
    getFileInfo({ filePath = '', success, fail }: FileCall) {
      const file = files.get(filePath)
      if (file) success?.({ size: file.size })
      else missing(fail, filePath)
    },
    saveFile({ tempFilePath = '', success, fail }: FileCall) {
      const file = files.get(tempFilePath)
      if (!file) return missing(fail, tempFilePath)
      files.delete(tempFilePath)
      const savedFilePath = `http://store/${(number += 1)}-${tempFilePath.slice(-9)}`
      files.set(savedFilePath, { ...file, saved: true })
      success?.({ savedFilePath })
    },
    removeSavedFile({ filePath = '', success, fail }: FileCall) {
      if (files.delete(filePath)) success?.({})
      else missing(fail, filePath)
    },
  }
}
