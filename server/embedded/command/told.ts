import { hostname } from 'node:os'
import { Binary } from 'bson'
import { createHash } from 'node:crypto'
import type { Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { existing, type Call } from './call.ts'
import { sessionKey } from './session.ts'
import { collStats } from './stats.ts'

/** The documents of a first stage that tells of the server or the collection, if it is one. */
export function toldBy(call: Call, stage: Doc | undefined): Doc[] | undefined {
  const [name = ''] = Object.keys(stage ?? {})
  return Object.hasOwn(tellers, name) ? tellers[name]?.(call, stage?.[name] as Doc) : undefined
}

const noUser = new Binary(createHash('sha256').digest(), 0)

/** The sessions that the engine keeps something of, and the one that asks. */
function sessions({ server, command }: Call): Doc[] {
  const known = new Map(server.sessions.uses())
  if (command.lsid) known.set(sessionKey(command.lsid), Date.now())
  return [...known].map(([key, usedAt]) => ({
    _id: { id: new Binary(Buffer.from(key, 'hex'), Binary.SUBTYPE_UUID), uid: noUser },
    lastUse: new Date(usedAt),
  }))
}

function collectionStats(call: Call, { count, storageStats, latencyStats }: Doc): Doc[] {
  const { namespace, size } = existing(call)
  if (latencyStats) throw notSupported('$collStats with latencyStats')
  const told = {
    ...(storageStats ? { storageStats: collStats(call, storageStats as Doc) } : {}),
    ...(count ? { count: size } : {}),
  }
  return [{ ns: namespace, host: hostname(), localTime: new Date(), ...told }]
}

const indexStats = (call: Call): Doc[] =>
  [...existing(call).indexes.values()].map(index => ({
    name: index.name,
    key: index.spec.key,
    host: hostname(),
    accesses: { ops: index.uses, since: new Date(call.server.startedAt) },
    spec: index.spec,
  }))

/** The command that asks is the only one that runs. */
function currentOperations({ command, client, database }: Call): Doc[] {
  if (database !== 'admin' || command.aggregate !== 1)
    throw new MongoError(
      'InvalidNamespace',
      `$currentOp must be run against the 'admin' database with {aggregate: 1}`,
    )
  return [
    {
      type: 'op',
      host: hostname(),
      connectionId: client.id,
      ...(client.application === undefined ? {} : { appName: client.application }),
      active: true,
      op: 'command',
      ns: 'admin.$cmd.aggregate',
      command,
      opid: client.id,
      secs_running: 0,
      microsecs_running: 0,
    },
  ]
}

const tellers: Record<string, (call: Call, argument: Doc) => Doc[]> = {
  $listLocalSessions: sessions,
  $listSessions: sessions,
  $collStats: collectionStats,
  $indexStats: indexStats,
  $currentOp: currentOperations,
  $planCacheStats: () => [],
}
