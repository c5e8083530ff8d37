import mongoose, { type ClientSession, type Collection, type mongo } from 'mongoose'

export type Session = ClientSession

/**
 * Runs `work` so that all of its writes happen or none do. The driver runs it again after a write conflict, so it
 * must do nothing but database work.
 */
export const transaction = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
  mongoose.connection.withSession(session => session.withTransaction(() => work(session)))

/** True when a write failed because the unique index over `fields`, in their order, already holds that value. */
export function isDuplicate(error: unknown, fields: readonly string[]): boolean {
  const { code, keyPattern } = error as { code?: number; keyPattern?: Record<string, unknown> }
  return code === 11000 && keyPattern !== undefined && Object.keys(keyPattern).join() === fields.join()
}

/** The id as a page knows it. */
export const idText = (id: { toString(): string }): string => id.toString()

/**
 * Reads through the driver without mongoose's query between: the same command for less work, for what every answer
 * does. Nothing is cast, so ids in `filter` must be ObjectIds.
 */
export const read = async <T>(
  model: { collection: Collection },
  filter: mongo.Filter<mongo.Document>,
  options: mongo.FindOptions = {},
): Promise<T[]> => (await model.collection.find(filter, options).toArray()) as T[]

/** The one document that `read` finds, or null. */
export const readOne = async <T>(
  model: { collection: Collection },
  filter: mongo.Filter<mongo.Document>,
  options: mongo.FindOptions = {},
): Promise<T | null> => (await model.collection.findOne(filter, options)) as T | null
