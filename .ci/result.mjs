import { readFileSync } from 'node:fs'

const [, , file, failedSteps] = process.argv

/** Jest's own count; nothing ran when it left no result. */
function count() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1, numPendingTests: 0 }
  }
}

const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = count()
const testsFailed = numFailedTests + numRuntimeErrorTestSuites
const steps = Number(failedSteps)
if (numPendingTests > 0) console.log(`${numPendingTests} skipped`)
// A failed step that is no test, such as a build, counts as one failure.
const failed = Math.max(testsFailed, steps > 0 && testsFailed === 0 ? steps : testsFailed)
console.log(`${numPassedTests} passed, ${failed} failed`)
process.exitCode = failed > 0 || steps > 0 ? 1 : 0
