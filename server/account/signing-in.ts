/** How long a sign-in lasts. */
export const SESSION_DAYS = 30

/** A member of an enterprise, as WeCom knows one. */
export interface Member {
  corpid: string
  userid: string
}

/** What names a member for good: in another enterprise the same userid is another person. */
export const subjectOf = ({ corpid, userid }: Member): string => `${corpid}/${userid}`

/** The userid in a subject, or null for a member of another enterprise. */
export const useridIn = (subject: string, corpid: string): string | null =>
  subject.startsWith(`${corpid}/`) ? subject.slice(corpid.length + 1) : null

/** A pattern of the subjects of members with this userid, in whatever enterprise. */
export const endingOf = (userid: string): string => `/${userid.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}$`

const PREFIX = 'demo:'
/** Longest name a demo code may carry. */
const NAME_LIMIT = 20

/** The name in a demo code `demo:<name>`, or undefined when the code is none. */
export function demoName(code: string): string | undefined {
  if (!code.startsWith(PREFIX)) return undefined
  const name = code.slice(PREFIX.length).normalize('NFKC').trim()
  return /^[\p{L}\p{N}·_ -]+$/u.test(name) && name.length <= NAME_LIMIT ? name : undefined
}
