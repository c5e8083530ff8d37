import type { Doc } from './document.ts'

const codes = {
  BadValue: 2,
  NoSuchKey: 4,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidOptions: 72,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  CommandNotFound: 59,
  ImmutableField: 66,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  WriteConflict: 112,
  DocumentValidationFailure: 121,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  TransactionTooOld: 225,
  SnapshotUnavailable: 246,
  NoSuchTransaction: 251,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  MergeStageNoMatchingDocument: 13113,
  OutOfDiskSpace: 14031,
  CommandNotSupportedOnView: 166,
  ConversionFailure: 241,
  TransactionCommitted: 256,
  OperationNotSupportedInTransaction: 263,
  Location40066: 40066,
  Location40228: 40228,
  Location40324: 40324,
  Location40415: 40415,
  Location40601: 40601,
  Location51132: 51132,
  Location51183: 51183,
} as const

/** An error that the client sees with MongoDB's own code and code name. */
export class MongoError extends Error {
  readonly codeName: keyof typeof codes
  readonly details: Doc
  constructor(codeName: keyof typeof codes, message: string, details: Doc = {}) {
    super(message)
    this.codeName = codeName
    this.details = details
  }
  get code(): number {
    return codes[this.codeName]
  }
}

/** The refusal of something that MongoDB has and this engine has not; always says what. */
export const notSupported = (what: string) =>
  new MongoError('NotImplemented', `${what} is not supported by the embedded database`)

/** The answer to a transaction that must be run again from its start; drivers do so at this label. */
export const transient = (codeName: 'WriteConflict' | 'NoSuchTransaction', message: string) =>
  new MongoError(codeName, message, { errorLabels: ['TransientTransactionError'] })
