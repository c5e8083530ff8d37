/**
 * Decodes UTF-8 as it arrives: devices have no TextDecoder, and chunks cut characters in the middle.
 * What is incomplete waits for the next chunk.
 */
export class Utf8Stream {
  private rest: number[] = []

  push(chunk: ArrayBuffer): string {
    const bytes = this.rest.concat(Array.from(new Uint8Array(chunk)))
    let text = ''
    let at = 0
    while (at < bytes.length) {
      const lead = bytes[at] ?? 0
      const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
      if (at + length > bytes.length) break
      let point = length === 1 ? lead : lead & (0xff >> (length + 1))
      for (let next = 1; next < length; next++) point = (point << 6) | ((bytes[at + next] ?? 0) & 0x3f)
      text += String.fromCodePoint(point)
      at += length
    }
    this.rest = bytes.slice(at)
    return text
  }
}

/** Cuts a growing text into its JSON lines. */
export class LineStream {
  private rest = ''

  push(text: string): unknown[] {
    const lines = (this.rest + text).split('\n')
    this.rest = lines.pop() ?? ''
    return lines.filter(line => line.trim() !== '').map(line => JSON.parse(line) as unknown)
  }

  /** The last line, when the sender left out the final newline. */
  end(): unknown[] {
    return this.push('\n')
  }
}
