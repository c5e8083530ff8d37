import type { Part, Row } from '#server/reading/part'

/** For each field of a table the words that may head its column, in lower case without blanks. */
export type Columns<Field extends string> = Readonly<Record<Field, readonly string[]>>

/** One line of a table with its number; a cell that is not there is ''. */
export interface TableLine<Field extends string> {
  at: number
  cells: Record<Field, string>
}

/**
 * The lines of a table an editor keeps (.xlsx, .csv or .json), wherever its head stands; `wanted` are the columns by
 * which the head is known.
 */
export function linesOfTable<Field extends string>(
  parts: readonly Part[],
  columns: Columns<Field>,
  wanted: readonly NoInfer<Field>[],
): TableLine<Field>[] {
  const fields = Object.keys(columns) as Field[]
  const fromEach = (textOf: (field: Field) => string) =>
    Object.fromEntries(fields.map(field => [field, textOf(field).trim()])) as Record<Field, string>
  return parts.flatMap((part): TableLine<Field>[] => {
    if (part.kind === 'text') return []
    if (part.kind === 'tree') {
      if (!Array.isArray(part.value)) return []
      return part.value.map((value: unknown, index) => {
        const record = fromRecord(value, columns)
        return { at: index + 1, cells: fromEach(field => record.get(field) ?? '') }
      })
    }
    const head = part.rows.findIndex(row => isHead(placesIn(row, columns), wanted))
    const row = part.rows[head]
    if (row === undefined) return []
    const places = placesIn(row, columns)
    return part.rows.slice(head + 1).map(({ at, cells }) => ({
      at,
      cells: fromEach(field => cells[places.get(field) ?? -1] ?? ''),
    }))
  })
}

const isHead = <Field extends string>(places: Map<Field, number>, wanted: readonly Field[]): boolean =>
  wanted.every(field => places.has(field))

function placesIn<Field extends string>({ cells }: Row, columns: Columns<Field>): Map<Field, number> {
  const places = new Map<Field, number>()
  cells.forEach((cell, index) => {
    const field = fieldOf(cell, columns)
    if (field !== null && !places.has(field)) places.set(field, index)
  })
  return places
}

function fieldOf<Field extends string>(head: string, columns: Columns<Field>): Field | null {
  const plain = head.replace(/\s/g, '').toLowerCase()
  for (const [field, words] of Object.entries(columns) as [Field, readonly string[]][]) {
    if (words.includes(plain)) return field
  }
  return null
}

function fromRecord<Field extends string>(value: unknown, columns: Columns<Field>): Map<Field, string> {
  const record = new Map<Field, string>()
  if (typeof value !== 'object' || value === null) return record
  for (const [name, cell] of Object.entries(value)) {
    const field = fieldOf(name, columns)
    if (field !== null && (typeof cell === 'string' || typeof cell === 'number'))
      record.set(field, String(cell))
  }
  return record
}
