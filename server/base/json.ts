/** Whole numbers this long may not survive as a JavaScript number. */
const WIDE = /^\d{16,}$/
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|\d[\d.eE+-]*/g

/** Parses JSON; whole numbers of 16 digits and more become strings, so that no id is rounded into another one. */
export function parseJson(text: string): unknown {
  // First as it is: on text that is no JSON the pattern would take its time.
  const parsed: unknown = JSON.parse(text)
  if (!/\d{16}/.test(text)) return parsed
  return JSON.parse(text.replace(STRING_OR_NUMBER, part => (WIDE.test(part) ? `"${part}"` : part)))
}
