/** Works on all of these, at most `most` of them at once; answers in their order. */
export async function atOnce<T, R>(
  most: number,
  all: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const left = all.entries()
  const oneByOne = async (): Promise<void> => {
    for (const [index, one] of left) results[index] = await work(one)
  }
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, oneByOne))
  return results
}
