/** Whole numbers this long may not survive as a JavaScript number. */
const WIDE = /^\d{16,}$/

/** Parses JSON; whole numbers of 16 digits and more become strings, so that no id is rounded into another one. */
export const parseJson = (text: string): unknown =>
  JSON.parse(
    text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\d[\d.eE+-]*/g, part => (WIDE.test(part) ? `"${part}"` : part)),
  )
