import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { program, root } from '#server/base/paths'

/** How long a build may take on two busy cores. */
export const BUILD_MS = 240_000

/** The folder of the built mini-program, which is built first when its sources changed. Call it in `beforeAll`. */
export async function builtFront(type: 'h5' | 'weapp'): Promise<string> {
  const child = spawn(process.execPath, [program('front-build'), type], { cwd: root })
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  child.stderr.on('data', (part: Buffer) => (output += part.toString()))
  const code = await new Promise(resolve => child.once('close', resolve))
  if (code !== 0) throw new Error(`the ${type} mini-program does not build:\n${output.slice(-2_000)}`)
  return join(root, 'dist', type)
}
