/** An 18-digit identity number, also with spaces or dashes between its groups; the last place may be X. */
const IDENTITY = /(?<![0-9A-Za-z])(\d{6})[ -]?(\d{8})[ -]?(\d{3}[\dXx])(?![0-9A-Za-z])/g
/** A mobile number of mainland China: 11 digits, 1 and then 3 to 9, also grouped 3-4-4, also after +86. */
const MOBILE = /(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)/g

/** The text with identity and mobile numbers made unreadable; full-width digits become half-width. */
export const masked = (text: string): string =>
  halfWidthDigits(text)
    .replace(IDENTITY, (_, region: string, __, tail: string) => `${region.slice(0, 3)}***********${tail}`)
    .replace(MOBILE, (_, head: string, __, tail: string) => `${head}****${tail}`)

/** Full-width digits hide a number from a pattern but not from a reader. */
const halfWidthDigits = (text: string): string =>
  text.replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
