/** An id made here, so that sending the same thing twice says it once. */
export const randomId = (): string =>
  `${Date.now().toString(36)}-${Array.from({ length: 16 }, () => Math.floor(Math.random() * 36).toString(36)).join('')}`
