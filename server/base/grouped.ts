/** What belongs to each key, in the order it was given. */
export function grouped<T, K, V>(all: Iterable<T>, pairOf: (one: T) => readonly [K, V]): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const one of all) {
    const [key, value] = pairOf(one)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
