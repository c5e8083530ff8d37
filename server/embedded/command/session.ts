import { Binary } from 'bson'
import { randomBytes } from 'node:crypto'
import type { Doc } from '../value/document.ts'
import { MongoError, transient } from '../value/error.ts'
import type { Store } from '../storage/store.ts'
import { Transaction } from '../storage/transaction.ts'
import type { Call } from './call.ts'

const idleLimit = 30 * 60_000
const transactionLimit = 60_000
const maxSessions = 20_000

/** One logical session: its last numbered write or transaction. */
interface Session {
  number: number
  /** The answer to the write of that number, even while it is on its way. */
  answer: Promise<Doc> | undefined
  transaction: Transaction | undefined
  committed: boolean
  /** What the log knows of it. */
  remembered: { number: number; reply: Doc } | undefined
  usedAt: number
}

const newSession = (): Session => ({
  number: -1,
  answer: undefined,
  transaction: undefined,
  committed: false,
  remembered: undefined,
  usedAt: 0,
})

/** The logical sessions, the longest unused first. */
export class Sessions {
  private readonly sessions = new Map<string, Session>()
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  private of(id: string): Session {
    const session = this.sessions.get(id) ?? newSession()
    this.sessions.delete(id)
    this.sessions.set(id, session)
    session.usedAt = Date.now()
    return session
  }

  /** A numbered write is done once: whoever sends it again, early or late, gets the answer of the first time. */
  once(id: string, number: number, run: () => Promise<Doc>): Promise<Doc> {
    const session = this.of(id)
    refuseOld(session, number)
    if (session.number === number && session.answer) return session.answer
    const answer = run()
    Object.assign(session, { number, answer })
    answer.catch(() => {
      if (session.answer === answer) session.answer = undefined
    })
    return answer
  }

  /**
   * Notes in the log that a numbered write has been done, so that a retry after a restart is known too. The write has
   * left room for it; when its reply is larger than that on a full disk, only the memory knows.
   */
  remember(id: string, number: number, reply: Doc): void {
    this.of(id).remembered = { number, reply }
    const note = this.store.encode({ applied: id, number, reply })
    try {
      if (note) this.store.journal?.append([note], 0)
    } catch (error) {
      if (!(error instanceof MongoError)) throw error
    }
  }

  /** Takes back from the log what `remember` has noted. */
  restore(id: string, number: number, reply: Doc): void {
    const answer = Promise.resolve(reply)
    Object.assign(this.of(id), { number, answer, committed: true, remembered: { number, reply } })
    if (this.sessions.size > maxSessions) this.expire(Infinity)
  }

  /** The transaction that a command belongs to, opened if it is its first command. */
  transaction(id: string, number: number, starts: boolean): Transaction {
    const session = this.of(id)
    refuseOld(session, number)
    if (starts && session.number !== number) {
      session.transaction?.abort()
      Object.assign(session, {
        number,
        answer: undefined,
        committed: false,
        transaction: new Transaction(this.store),
      })
    }
    const { transaction } = session
    if (session.number !== number || !transaction || transaction.ended) throw noSuchTransaction(number)
    return transaction
  }

  commit(id: string, number: number): Doc {
    const session = this.of(id)
    if (session.number !== number) throw noSuchTransaction(number)
    if (session.committed) return {}
    if (!session.transaction || session.transaction.ended) throw noSuchTransaction(number)
    const { transaction } = session
    const wrote = transaction.written.size > 0
    session.transaction = undefined
    try {
      transaction.commit(this.store.encode({ applied: id, number, reply: {} }))
    } catch (error) {
      transaction.abort()
      throw error
    }
    session.committed = true
    if (wrote) session.remembered = { number, reply: {} }
    return {}
  }

  abort(id: string, number: number): Doc {
    const session = this.of(id)
    if (session.number === number && session.committed)
      throw new MongoError('TransactionCommitted', `Transaction ${number} has been committed.`)
    const { transaction } = session
    if (session.number !== number || !transaction || transaction.ended) throw noSuchTransaction(number)
    transaction.abort()
    return {}
  }

  /** Forgets a session that its client has ended. */
  end(id: string): void {
    const session = this.sessions.get(id)
    session?.transaction?.abort()
    this.sessions.delete(id)
  }

  /** Forgets the sessions unused for long, aborts the transactions open for too long. */
  expire(now: number): void {
    for (const [id, session] of this.sessions) {
      const { transaction } = session
      if (transaction && now - transaction.startedAt > transactionLimit) transaction.abort()
      const idle = now - session.usedAt > idleLimit || this.sessions.size > maxSessions
      if (idle && !(transaction && !transaction.ended)) this.sessions.delete(id)
    }
  }

  /** What `remember` has noted of all sessions, for a snapshot file. */
  remembered(): { applied: string; number: number; reply: Doc }[] {
    return [...this.sessions].flatMap(([applied, { remembered }]) =>
      remembered ? [{ applied, ...remembered }] : [],
    )
  }
}

function refuseOld(session: Session, number: number): void {
  if (number < session.number)
    throw new MongoError(
      'TransactionTooOld',
      `The number ${number} is prohibited on this session because a newer one, ${session.number}, has already started on it.`,
    )
}

const noSuchTransaction = (number: number) =>
  transient(
    'NoSuchTransaction',
    `Given transaction number ${number} does not match any in-progress transactions.`,
  )

/** The key of a command's session: its bytes as text. */
export function sessionKey(lsid: Doc): string {
  const id = lsid.id as Binary
  return Buffer.from(id.buffer.buffer, id.buffer.byteOffset, id.position).toString('hex')
}

function endSessions({ server, command }: Call): Doc {
  const [lsids] = Object.values(command) as [Doc[]]
  for (const lsid of lsids) server.sessions.end(sessionKey(lsid))
  return {}
}

/** The commands on sessions, but those of transactions. */
export const sessionCommands = {
  startSession: (): Doc => ({ id: { id: new Binary(randomBytes(16), 4) }, timeoutMinutes: 30 }),

  endSessions,
  killSessions: endSessions,

  refreshSessions: (): Doc => ({}),
}
