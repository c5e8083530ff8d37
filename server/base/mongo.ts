import mongoose, { type ClientSession, type Collection, type mongo } from 'mongoose'

export type Session = ClientSession

const DUPLICATE = 11000
/** Documents of one answer; the driver would ask again after a hundred. */
const AT_ONCE = 10_000

/**
 * Runs `work` so that all of its writes happen or none do. The driver runs it again after a write conflict, so it
 * must do nothing but database work.
 */
export const transaction = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
  mongoose.connection.withSession(session => session.withTransaction(() => work(session)))

/** True when a write failed because the unique index over `fields`, in their order, already holds that value. */
export function isDuplicate(error: unknown, fields: readonly string[]): boolean {
  const { code, keyPattern } = error as { code?: number; keyPattern?: Record<string, unknown> }
  return code === DUPLICATE && keyPattern !== undefined && Object.keys(keyPattern).join() === fields.join()
}

/** A failed write of many, as servers describe it. */
interface WriteFailure {
  code?: number
  errmsg?: string
}

/**
 * Inserts, in no order, what no unique index over one of these lists of fields already holds. Documents are stored as
 * they are given, with all fields; fails when one was not inserted for another reason.
 */
export async function insertNew(
  model: { collection: Collection },
  documents: readonly mongo.Document[],
  unique: readonly (readonly string[])[],
): Promise<void> {
  if (documents.length === 0) return
  try {
    await model.collection.insertMany([...documents], { ordered: false })
  } catch (error) {
    if (!isOnlyDuplicates(error, unique)) throw error
  }
}

/** True when of many writes only those failed whose value a unique index over one of these lists of fields holds. */
export function isOnlyDuplicates(error: unknown, unique: readonly (readonly string[])[]): boolean {
  const { writeErrors = [] } = error as { writeErrors?: WriteFailure | WriteFailure[] }
  const failures = [writeErrors].flat()
  return failures.length > 0 && failures.every(failure => isHeld(failure, unique))
}

/** A bulk write tells of the broken index by its name only: its fields with their directions. */
const isHeld = ({ code, errmsg = '' }: WriteFailure, unique: readonly (readonly string[])[]): boolean =>
  code === DUPLICATE &&
  unique.some(fields => errmsg.includes(` index: ${fields.map(field => `${field}_1`).join('_')} `))

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
): Promise<T[]> => (await model.collection.find(filter, { batchSize: AT_ONCE, ...options }).toArray()) as T[]

/** The one document that `read` finds, or null. */
export const readOne = async <T>(
  model: { collection: Collection },
  filter: mongo.Filter<mongo.Document>,
  options: mongo.FindOptions = {},
): Promise<T | null> => (await model.collection.findOne(filter, options)) as T | null
