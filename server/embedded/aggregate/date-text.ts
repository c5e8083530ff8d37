const pad = (width: number, of: (wall: Date) => number) => (wall: Date) =>
  String(of(wall)).padStart(width, '0')
const day = 86_400_000

/** What stands for the parts of a date in a format; the date is a zone's wall clock as if it were UTC's. */
const writers: Record<string, (wall: Date) => string> = {
  '%Y': pad(4, wall => wall.getUTCFullYear()),
  '%m': pad(2, wall => wall.getUTCMonth() + 1),
  '%d': pad(2, wall => wall.getUTCDate()),
  '%H': pad(2, wall => wall.getUTCHours()),
  '%M': pad(2, wall => wall.getUTCMinutes()),
  '%S': pad(2, wall => wall.getUTCSeconds()),
  '%L': pad(3, wall => wall.getUTCMilliseconds()),
  '%j': pad(3, wall => Math.floor((Number(wall) - Date.UTC(wall.getUTCFullYear(), 0, 1)) / day) + 1),
  '%w': wall => String(wall.getUTCDay() + 1),
  '%u': wall => String(wall.getUTCDay() || 7),
  '%%': () => '%',
}

const known = new Map<string, ((wall: Date) => string) | undefined>()

/** Writes dates by a format; nothing when the format has parts that are left to mingo. */
export function dateWriter(format: string): ((wall: Date) => string) | undefined {
  if (!known.has(format)) {
    if (known.size > 1000) known.clear()
    known.set(format, compile(format))
  }
  return known.get(format)
}

function compile(format: string): ((wall: Date) => string) | undefined {
  const parts = (format.match(/%.?|[^%]+/gs) ?? []).map(part =>
    part.startsWith('%') ? writers[part] : () => part,
  )
  if (parts.includes(undefined)) return undefined
  return wall => {
    let text = ''
    for (const part of parts) text += part?.(wall) ?? ''
    return text
  }
}
