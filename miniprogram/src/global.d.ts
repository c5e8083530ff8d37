/// <reference types="@tarojs/taro" />
/** The server's address, set by the build; empty in h5. */
declare const API_BASE: string
/** What WeCom adds to the phone's own functions. */
declare const wx: {
  qy: {
    login: (options: { success: (reply: { code: string }) => void; fail: (reason: unknown) => void }) => void
  }
}
declare module '*.scss'
declare module '*.png' {
  const path: string
  export default path
}
