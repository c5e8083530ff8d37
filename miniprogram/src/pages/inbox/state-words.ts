import type { ReminderChannel, ReminderState } from '#shared/reminder'

const PLATFORMS: Record<ReminderChannel, string> = { wechat: '微信', wecom: '企业微信' }

/** What became of a reminder, quietly: it is here in any case. */
export function stateWords(state: ReminderState, channel: ReminderChannel | null): string {
  const platform = PLATFORMS[channel ?? 'wechat']
  switch (state) {
    case 'waiting':
    case 'sending':
      return `正在通过${platform}提醒`
    case 'sent':
      return `已通过${platform}提醒`
    case 'no-quota':
      return `${platform}的提醒次数用完了，只放在这里`
    case 'refused':
    case 'invalid':
    case 'failed':
      return `${platform}没有送到，只放在这里`
    case 'unknown':
      return `可能已通过${platform}提醒，没有再发`
    case 'overtaken':
      return '已学完或已暂停，没有打扰您'
    case 'late':
      return '过了时间，没有打扰您'
    case 'inbox':
      return '只放在这里'
  }
}
