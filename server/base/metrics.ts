import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Figures } from './database.ts'
import { hasOutgrown } from './growth.ts'

const registry = new Registry()

/** How long calls took, by route and status; the route is the table's pattern, so no id gets in. */
const requestSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from the request to the end of the reply',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
  registers: [registry],
})

/** Notes one finished call. */
export const noteRequest = (
  labels: { method: string; route: string; status: number },
  seconds: number,
): void => requestSeconds.observe(labels, seconds)

/** Starts to collect memory, event loop and garbage collection figures. */
export const collectProcessMetrics = (): void => collectDefaultMetrics({ register: registry })

/** What is asked anew each time somebody looks. */
let refresh = async (): Promise<void> => {}

/**
 * From now on, figures on the embedded database are asked for at each look; `limit` is how many bytes are too many.
 * What the database does not say is left out, never 0.
 */
export function collectDatabaseMetrics(ask: () => Promise<Figures>, limit: number): void {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `rizhi_database_${name}`, help, registers: [registry] })
  const gauges = {
    documents: gauge('documents', 'Documents in the embedded database'),
    bytes: gauge('bytes', 'Size of these documents as BSON'),
    memory: gauge('memory_bytes', 'Resident memory of the process that holds the embedded database'),
    outgrown: gauge('outgrown', 'Whether the data should move to MongoDB (EMBEDDED_WARN_MB)'),
  }
  refresh = async () => {
    for (const one of Object.values(gauges)) one.remove()
    const found = await ask().catch(() => undefined)
    if (!found) return
    gauges.documents.set(found.documents)
    gauges.memory.set(found.memoryBytes)
    if (found.bytes === undefined) return
    gauges.bytes.set(found.bytes)
    gauges.outgrown.set(hasOutgrown(found, limit) ? 1 : 0)
  }
}

/** Everything noted so far in Prometheus's text form. */
export async function metricsText(): Promise<{ type: string; text: string }> {
  await refresh()
  return { type: registry.contentType, text: await registry.metrics() }
}
