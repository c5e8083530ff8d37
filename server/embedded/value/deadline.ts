import { MongoError } from './error.ts'

/** When a command's time is over, in milliseconds since 1970, if it has a limit (`maxTimeMS`). */
export type Deadline = number | undefined

/** Throws when a command has taken too long. */
export function checkTime(deadline: Deadline): void {
  if (deadline !== undefined && Date.now() > deadline)
    throw new MongoError('MaxTimeMSExpired', 'operation exceeded time limit')
}
