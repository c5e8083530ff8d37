/** The enterprise and its self-built app that the stand-in knows. */
export interface Corp {
  readonly corpid: string
  readonly secret: string
  readonly agentid: number
}

export const CORP: Corp = {
  corpid: 'ww0123456789abcdef',
  secret: 'the-wecom-secret-of-the-tests',
  agentid: 1000002,
}
