import { join, resolve } from 'node:path'

/** The project's folder: two above this file, in `server/base` as well as compiled in `dist/server`. */
export const root = resolve(__dirname, '../..')

/** A compiled program of the server. */
export const program = (name: string): string => join(root, 'dist/server', `${name}.js`)
