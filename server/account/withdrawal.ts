/** What a person takes back of what WeChat told us: everything, or what of the profile is to be emptied. */
export type Withdrawal = 'everything' | { name: boolean; phone: boolean }

/** Nickname and picture, and the nickname offered by the keyboard. */
const NAME = ['6', '19']
const PHONE = ['8']

/**
 * Reads `RevokeInfo`, the numbers of what was taken back, such as `6,8`. Of most, such as the microphone, nothing is
 * kept here; where no number is told, everything is meant. Source: 授权用户信息变更.
 */
export function withdrawalOf(info: string): Withdrawal {
  const taken = info.match(/\d+/g)
  if (!taken) return 'everything'
  const holds = (numbers: readonly string[]): boolean => taken.some(number => numbers.includes(number))
  return { name: holds(NAME), phone: holds(PHONE) }
}
