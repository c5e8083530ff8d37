/// <reference types="@tarojs/taro" />
/** The server's address, set by the build; empty in h5. */
declare const API_BASE: string
declare module '*.scss'
declare module '*.png' {
  const path: string
  export default path
}
