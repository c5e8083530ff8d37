/** A number as it is stored: of China as it is dialled there, of another country with its code. */
export const phoneNumber = ({ number, country }: { number: string; country: string }): string =>
  country === '86' ? number : `+${country}${number}`

/** A number as it may be shown: 138****1234. A short one keeps only its end. */
export const maskedNumber = (number: string): string =>
  number.length >= 11 ? `${number.slice(0, 3)}****${number.slice(-4)}` : `****${number.slice(-2)}`
