export { ask } from './asking-service.ts'
export type { Assistant } from './assistant.ts'
export { countyUsage } from './usage-service.ts'
export { citedArticles, endingOfName, type CitedArticle } from './citation-service.ts'
export { corpusStamp, liveVersions, sourcePathsOf, versionsOf, type CorpusVersion } from './corpus-service.ts'
export { findFiles, type FoundFile } from './file-service.ts'
export { importPolicyFiles, type ImportCall } from './import-service.ts'
export { importStatusTable, timelinesOf, type StatusImportReport } from './status-service.ts'
export { importSamplePolicies, importShippedStatus, shippedStatusTable } from './sample-service.ts'
export type { PolicyImportReport, ReportRow } from './report.ts'
export { readDay } from './metadata/date.ts'
export { readRegion, type Region } from './metadata/region.ts'
export { searchByWords } from './finding-service.ts'
export { mayBeCalled } from './moderation-service.ts'
export { leaveWriting } from './generation-service.ts'
export { keepIndex, type PolicySearch } from './keeper-service.ts'
export { finishedAnswers, forgetQuestions, reviewedFor, type ReviewedFor } from './questions-service.ts'
export { suspensionsOn, type CheckedResting } from './suspension-service.ts'
export type { Suspension } from './suspension.ts'
export { suspensionWords } from './wording.ts'
export {
  articlesLabelled,
  clauseNamed,
  lookUp,
  type KnownDocument,
  type KnownVersion,
} from './lookup-service.ts'
export { labelsIn } from './metadata/cited-label.ts'
export { checkWords, importWordTable, type Looked, type WordImportReport } from './word-service.ts'
export {
  askForReview,
  publishedReviewed,
  reviewedAnswerFor,
  reviewedSince,
  type Ask,
  type Reviewed,
} from './reviewed-service.ts'
export { dropAlarm, onSettled, raiseAlarm, type Settled } from './alarm-service.ts'
export { clausesOfReviewed } from './review-service.ts'
export { onReviewed, tellAllReviewed, type ReviewedNews } from './reviewed-news-service.ts'
export { staleAnswers, stopAnswer } from './watch-service.ts'
