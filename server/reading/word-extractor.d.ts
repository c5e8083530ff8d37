declare module 'word-extractor' {
  /** Reads old Word files; only what this project calls is declared. */
  export default class WordExtractor {
    extract(source: Buffer): Promise<{
      getBody(options: { filterUnicode: boolean }): string
      getHeaders(options: { filterUnicode: boolean; includeFooters: boolean }): string
    }>
  }
}
