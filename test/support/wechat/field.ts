/** A day in any of the ways WeChat takes, and a time of 24 hours. */
const DATE = String.raw`(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|\d{4}([-/.])\d{1,2}\1\d{1,2})`
const TIME = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`
const time = new RegExp(`^(?:${DATE} ?)?${TIME}$`, 'u')
const date = new RegExp(`^${DATE}(?: ?${TIME})?$`, 'u')

/** One moment, or two of them joined by `~`. */
const ranged = (one: RegExp) => (value: string) => {
  const ends = value.split('~')
  return ends.length <= 2 && ends.every(end => one.test(end.trim()))
}
const like = (pattern: RegExp) => (value: string) => pattern.test(value)

/** What a value may be, by the type of its field; characters are counted, not UTF-16 units. Source: sendMessage. */
const types: Record<string, (value: string) => boolean> = {
  thing: like(/^.{1,20}$/u),
  number: like(/^(?=.{1,32}$)\d+(\.\d+)?$/u),
  letter: like(/^[A-Za-z]{1,32}$/u),
  symbol: like(/^[^\p{L}\p{N}\s]{1,5}$/u),
  character_string: like(/^[\x20-\x7e]{1,32}$/u),
  time: ranged(time),
  date: ranged(date),
  amount: like(/^[￥¥$€£]?\d{1,10}(\.\d+)?元?$/u),
  phone_number: like(/^[\d+\-() #*]{1,17}$/u),
  car_number: like(/^(?=.{1,8}$)[\p{Script=Han}A-Za-z\d][A-Za-z\d]*[\p{Script=Han}A-Za-z\d]?$/u),
  name: like(/^(?:[^\p{Script=Han}\d]{1,20}|[^\d]{1,10})$/u),
  phrase: like(/^\p{Script=Han}{1,5}$/u),
}

/** Whether a template field of this name, such as `thing1`, takes the value. `enum` fields have a list of their own. */
export function fits(field: string, value: string, allowed: readonly string[] = []): boolean {
  const type = field.replace(/\d+$/, '')
  if (value === '' || /\p{Cc}/u.test(value)) return false
  return type === 'enum' ? allowed.includes(value) : (types[type]?.(value) ?? false)
}
