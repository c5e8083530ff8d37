/** What is said outside pages and components. */
export const wording = {
  unreachable: '网络不通，请检查网络后重试',
  browser: '浏览器',
}
