import * as z from 'zod'

/** The id of a stored document: 24 hex digits. */
export const Id = z.string().regex(/^[0-9a-f]{24}$/)
/** A moment as ISO text in UTC. */
export const MomentText = z.iso.datetime()
