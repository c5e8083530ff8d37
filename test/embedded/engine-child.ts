import { armSteps } from './disk-journal.ts'
import { openEngine, type EngineOptions } from '../../server/embedded/engine.ts'

// Opens an engine as it is told and says where; the test kills it.
const options = JSON.parse(process.argv[2] as string) as EngineOptions
void openEngine(options).then(({ uri }) => {
  armSteps()
  process.stdout.write(uri)
})
