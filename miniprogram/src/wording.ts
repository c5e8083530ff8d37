/** What is said outside pages and components. */
export const wording = {
  unreachable: '网络不通，请检查网络后重试',
  browser: '浏览器',
  notCopied: '没有复制成功，请再点一次，或长按文字复制',
  privacyRefused: '您没有同意隐私保护指引，所以没有执行；想用时过一会儿再点一次',
  privacyUndeclared: '微信后台还没有开通这项功能，请告诉本单位联络员',
  avatarTooLarge: '这张图片太大，请换一张 2 MB 以内的',
  avatarNotKept: '头像没有存下来，请换一张图片再试',
}
