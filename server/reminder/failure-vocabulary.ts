import type { ReminderChannel } from '#shared/reminder'

/** Names of our own, where no platform gave a code. */
const OURS: Record<string, string> = {
  'none left': '对方没有剩余的订阅条数，没有向微信发送；已留在日知消息里。',
  lost: '平台没有及时答复，可能已经送达；为免重复不再发送，已留在日知消息里。',
  unreachable: '连不上平台，稍后自动重试；一直这样，请检查服务器的网络和接口地址。',
  timeout: '平台超时没有答复；偶尔发生不用处理，一直这样请检查网络。',
}

const TOKEN = '接口凭证失效，换新的以后仍被拒绝，稍后自动重试；一直这样，请核对 Secret。'
const BUSY = '平台繁忙，稍后自动重试，不用处理。'
const SETTINGS = '设置有误，改正后才能再发：'

/** Source: the table of errors of subscribeMessage.send. */
const WECHAT: Record<string, string> = {
  '-1': BUSY,
  '40001': TOKEN,
  '40014': TOKEN,
  '41001': TOKEN,
  '42001': TOKEN,
  '40003': '微信不认识这个用户，可能换过小程序；已留在日知消息里，本人重新登录后恢复。',
  '40013': `${SETTINGS}AppID 不对，请核对 WECHAT_APPID。`,
  '40037': `${SETTINGS}模板编号不存在，请核对 WECHAT_REMINDER_TEMPLATE。`,
  '40164': `${SETTINGS}服务器的 IP 不在微信后台的白名单里，请加上。`,
  '41030': '消息要打开的页面不在已发布的小程序版本里，请先发布含这个页面的版本。',
  '43101': '对方没有授权或次数用完，已留在日知消息里，不用处理。',
  '43104': '这个用户不属于本小程序；已留在日知消息里。',
  '43107': '订阅消息的能力或模板被微信封禁，请到微信后台查看原因并申诉。',
  '43108': '同一个人正在收另一条消息，稍后自动重试，不用处理。',
  '44991': '这一分钟的调用太多，稍后自动重试，不用处理。',
  '45009': '今天的调用次数用完了，过一小时自动再试；经常这样，请到微信后台申请提高上限。',
  '45011': '这一分钟的调用太多，稍后自动重试，不用处理。',
  '45168': '消息里有微信不许发的词，请检查课程和活动的标题；已留在日知消息里。',
  '47003': '消息的内容不合模板的要求，请核对模板的字段。',
  '48001': `${SETTINGS}小程序没有订阅消息的权限，请到微信后台开通。`,
}

/** Source: developer.work.weixin.qq.com, path 90313. */
const WECOM: Record<string, string> = {
  '-1': BUSY,
  '40001': `${SETTINGS}应用的 Secret 不对，请核对 WECOM_SECRET。`,
  '40014': TOKEN,
  '41001': TOKEN,
  '42001': TOKEN,
  '40013': `${SETTINGS}企业 ID 不对，请核对 WECOM_CORPID。`,
  '40056': `${SETTINGS}应用编号不对，请核对 WECOM_AGENTID。`,
  '45009': '调用次数到了上限，稍后自动重试；经常这样，请错开提醒的时间。',
  '45033': '同时调用太多，稍后自动重试，不用处理。',
  '60011': `${SETTINGS}应用没有给这些成员发消息的权限，请在企业微信后台调整可见范围。`,
  '60020': `${SETTINGS}服务器的 IP 不在应用的可信 IP 里，请加上。`,
  '81013': '对方不在应用的可见范围里，或已不是成员；已留在日知消息里，请核对可见范围。',
  '301002': `${SETTINGS}应用没有发消息的权限，请核对 WECOM_AGENTID。`,
}

const OF: Record<ReminderChannel, Record<string, string>> = { wechat: WECHAT, wecom: WECOM }
const NAMES: Record<ReminderChannel, string> = { wechat: '微信', wecom: '企业微信' }

/** What a platform says may be the name of something every object has. */
const wordsIn = (table: Record<string, string>, code: string): string | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined

/** What happened and what to do, in plain words. */
export function failureText(channel: ReminderChannel | null, code: string, field: string | null): string {
  const known = (channel && wordsIn(OF[channel], code)) ?? wordsIn(OURS, code)
  const where = field === null ? '' : `有问题的字段：${field}。`
  if (known !== undefined) return known + where
  const who = channel ? NAMES[channel] : '平台'
  const what = /^\d{3}$/.test(code)
    ? `${who}的服务器出错（HTTP ${code}）`
    : `${who}没有发出，给的原因是“${code}”`
  return `${what}；已留在日知消息里。一直这样，请把编号告诉维护人员。${where}`
}
