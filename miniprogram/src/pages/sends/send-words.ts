import type { ReminderChannel, ReminderState, ReminderWording } from '#shared/reminder'

/** How much a result asks to be looked at. */
export type Tone = 'good' | 'open' | 'partly' | 'bad'

/** What each result is called and what it means. */
export const stateWords: Record<ReminderState, { name: string; means: string; tone: Tone }> = {
  waiting: { name: '等待发送', means: '排着队，或失败后等着自动重试', tone: 'open' },
  sending: { name: '正在发送', means: '已交给平台，还没有答复', tone: 'open' },
  sent: { name: '已发送', means: '平台已经收下', tone: 'good' },
  'no-quota': { name: '没有订阅条数', means: '本人没有授权或次数用完，留在消息里', tone: 'partly' },
  refused: { name: '平台不发', means: '平台不肯发给本人，留在消息里', tone: 'bad' },
  invalid: { name: '不合要求', means: '内容或设置有问题，改正后才能再发', tone: 'bad' },
  unknown: { name: '结果不明', means: '可能已经送达，不再发第二次', tone: 'partly' },
  failed: { name: '没有送达', means: '平台收下了，没有送到本人', tone: 'bad' },
  overtaken: { name: '不用再发', means: '当天已学完，或本人暂停、关闭了提醒', tone: 'open' },
  late: { name: '过时未发', means: '没能按时发出，留在消息里', tone: 'partly' },
  inbox: { name: '只在消息里', means: '没有能到达本人的渠道', tone: 'open' },
}

/** What a channel is called; no channel was tried for what is in the inbox only. */
export const channelName = (channel: ReminderChannel | null): string =>
  channel === null ? '未经渠道' : { wechat: '微信', wecom: '企业微信' }[channel]

/** In which manner a reminder is worded. */
export const wordingName: Record<ReminderWording, string> = {
  plain: '平常说法',
  brief: '简短说法',
  reason: '说明好处',
}
