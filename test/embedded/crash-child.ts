import { openEngine } from '../../server/embedded/engine.ts'

// Opens an engine on the folder given and says where; the test kills it.
void openEngine({ directory: process.argv[2] as string, port: 0, fsync: 'always' }).then(({ uri }) =>
  process.stdout.write(uri),
)
