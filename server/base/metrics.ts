import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

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

/** Everything noted so far in Prometheus's text form. */
export const metricsText = async () => ({ type: registry.contentType, text: await registry.metrics() })
