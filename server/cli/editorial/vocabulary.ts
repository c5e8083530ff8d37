/** The words by which an operator names a role. */
export const roleWords: Record<string, 'editor' | 'reviewer' | 'admin'> = {
  编辑: 'editor',
  editor: 'editor',
  审核: 'reviewer',
  reviewer: 'reviewer',
  管理员: 'admin',
  admin: 'admin',
}

/** The words by which an operator names a way to sign in. */
export const wayWords: Record<string, 'wechat' | 'wecom'> = {
  微信: 'wechat',
  wechat: 'wechat',
  企业微信: 'wecom',
  政务微信: 'wecom',
  wecom: 'wecom',
}
