/**
 * Loaded into an engine's process before the engine: answers a message of its parent with what the process holds,
 * before and after everything that is not needed was collected. When the parent is gone, so is the process.
 */
process.on('message', () => {
  const { rss } = process.memoryUsage()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  process.send?.({ rss, held: heapUsed + external })
})
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
