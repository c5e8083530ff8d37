import Taro from '@tarojs/taro'

/** Whether the mini-program runs inside WeCom, which says so; WeChat says nothing. */
export const isInWecom = (): boolean => Taro.getSystemInfoSync().environment === 'wxwork'

/** A code by which the server learns which member this is; a code of `wx.login` tells nothing about members. */
export const wecomCode = (): Promise<string> =>
  new Promise((resolve, reject) => wx.qy.login({ success: ({ code }) => resolve(code), fail: reject }))
