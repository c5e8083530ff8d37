/** How long a sign-in lasts. */
export const SESSION_DAYS = 30

const PREFIX = 'demo:'
/** Longest name a demo code may carry. */
const NAME_LIMIT = 20

/** The name in a demo code `demo:<name>`, or undefined when the code is none. */
export function demoName(code: string): string | undefined {
  if (!code.startsWith(PREFIX)) return undefined
  const name = code.slice(PREFIX.length).normalize('NFKC').trim()
  return /^[\p{L}\p{N}·_ -]+$/u.test(name) && name.length <= NAME_LIMIT ? name : undefined
}
