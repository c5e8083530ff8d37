import type { Doc } from './document.ts'

const codes = {
  BadValue: 2,
  NoSuchKey: 4,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  WriteConflict: 112,
  DocumentValidationFailure: 121,
  FailPointSetFailed: 149,
  CommandNotSupportedOnView: 166,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  AmbiguousIndexKeyPattern: 181,
  InvalidIndexSpecificationOption: 197,
  TransactionTooOld: 225,
  CursorKilled: 237,
  NotImplemented: 238,
  ConversionFailure: 241,
  SnapshotUnavailable: 246,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  OperationNotSupportedInTransaction: 263,
  APIVersionError: 322,
  APIStrictError: 323,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  MergeStageNoMatchingDocument: 13113,
  DatabaseDifferCase: 13297,
  OutOfDiskSpace: 14031,
} as const

/** MongoDB's name of an error: most that only one place in its source throws have just their number. */
export type CodeName = keyof typeof codes | `Location${number}`

/** An error that the client sees with MongoDB's own code and code name. */
export class MongoError extends Error {
  readonly codeName: CodeName
  readonly details: Doc
  constructor(codeName: CodeName, message: string, details: Doc = {}) {
    super(message)
    this.codeName = codeName
    this.details = details
  }
  get code(): number {
    return codeOf(this.codeName)
  }
}

const codeOf = (name: CodeName): number => codes[name as keyof typeof codes] ?? Number(name.slice(8))

/** The refusal of something that MongoDB has and this engine has not; always says what. */
export const notSupported = (what: string) =>
  new MongoError('NotImplemented', `${what} is not supported by the embedded database`)

/** The refusal of search indexes, which are part of MongoDB's cloud service. */
export const atlasOnly = (what: string) =>
  new MongoError('NotImplemented', `${what} is only supported with Atlas, not by the embedded database`)

/** The answer to a transaction that must be run again from its start; drivers do so at this label. */
export const transient = (codeName: 'WriteConflict' | 'NoSuchTransaction', message: string) =>
  new MongoError(codeName, message, { errorLabels: ['TransientTransactionError'] })
