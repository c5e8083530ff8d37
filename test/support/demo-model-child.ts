import { startModelServer } from './model-server.ts'

/** `npm run demo:model [PORT]`: the stand-in for a language model by itself, with the settings that point to it. */
const server = await startModelServer({
  port: Number(process.argv[2] ?? 4010),
  slowMs: 8_000,
  paceMs: 30,
  retryAfter: 20,
})
process.stdout.write(
  [
    'A stand-in for a language model is running: it quotes passages and understands nothing. Settings to try it:',
    `MODEL_BASE_URL=${server.base}`,
    `MODEL_KEY=${server.key}`,
    'MODEL_NAME=demo        or demo:slow, demo:cut, demo:stall, demo:busy, demo:failing, demo:hostile, demo:wrong-words …',
    '',
  ].join('\n'),
)
