/** A line of the API table filled in: method, path with its query, and body. */
export interface Filled {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body: object | undefined
}

interface Parts {
  params?: Record<string, string>
  query?: Record<string, string | number | undefined>
  body?: object
}

/** Fills `GET /lessons/:id` with its input. */
export function fill(line: string, input: object): Filled {
  const { params = {}, query = {}, body } = input as Parts
  const [method = 'GET', pattern = '/'] = line.split(' ')
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return {
    method: method as Filled['method'],
    path: `/api${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`,
    body,
  }
}
