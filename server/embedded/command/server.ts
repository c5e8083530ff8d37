import { Long, ObjectId, Timestamp } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { compileFilter } from '../query/match.ts'
import { maxMessageBytes } from '../wire/message.ts'
import type { Call } from './call.ts'

/** The version that the engine behaves like. */
const version = '7.0.0'
const wireVersion = 21
const electionId = new ObjectId('7fffffff0000000000000001')

/**
 * The greeting of a replica set of one, so that drivers use sessions, transactions and retryable writes. It has no
 * topologyVersion: drivers would then wait for pushed greetings and clear their pools without them.
 */
function hello({ server: { address } }: Call): Doc {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    secondary: false,
    setName: 'embedded',
    setVersion: 1,
    hosts: [address],
    me: address,
    primary: address,
    electionId,
    lastWrite: {
      opTime: { ts: new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }), t: Long.ONE },
      lastWriteDate: new Date(),
    },
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: wireVersion,
    readOnly: false,
  }
}

const buildInfo = (): Doc => ({
  version,
  versionArray: [...version.split('.').map(Number), 0],
  gitVersion: 'embedded',
  modules: [],
  storageEngines: ['embedded'],
  maxBsonObjectSize: 16 * 1024 * 1024,
})

function serverStatus({ server }: Call): Doc {
  const { rss } = process.memoryUsage()
  return {
    version,
    process: 'embedded',
    pid: process.pid,
    uptime: (Date.now() - server.startedAt) / 1000,
    mem: { resident: Math.round(rss / 1024 / 1024) },
    storageEngine: { name: 'embedded' },
  }
}

function listDatabases({ server, command }: Call): Doc {
  const sizes = new Map<string, number>()
  for (const { database, size, madeIn } of server.store.collections.values())
    if (!madeIn) sizes.set(database, (sizes.get(database) ?? 0) + size)
  const databases = [...sizes].map(([name, size]) => ({ name, sizeOnDisk: 0, empty: size === 0 }))
  return { databases: databases.filter(compileFilter(command.filter)), totalSize: 0 }
}

const parameters: Doc = { featureCompatibilityVersion: { version: '7.0' }, logLevel: 0 }

function getParameter({ command }: Call): Doc {
  if (command.getParameter === '*') return parameters
  const found = Object.entries(parameters).filter(([name]) => Object.hasOwn(command, name))
  if (!found.length) throw new MongoError('InvalidOptions', 'no option found to get')
  return Object.fromEntries(found)
}

/** The commands on the server itself. */
export const serverCommands = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: (): Doc => ({}),
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  connectionStatus: (): Doc => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  listDatabases,
  getParameter,
}
