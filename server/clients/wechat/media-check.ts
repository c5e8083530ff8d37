import * as z from 'zod'
import type { CallWechat } from './call.ts'

/** A sound or a picture at a public address, of at most 10 MB. */
export interface MediaCheck {
  openid: string
  url: string
  kind: 'audio' | 'image'
  scene?: 1 | 2 | 3 | 4
}

const Reply = z.object({ trace_id: z.string().min(1) })

/**
 * Asks for a verdict, which comes later as a `wxa_media_check` event with the id given here. Never twice by itself, as
 * each asking has a verdict of its own. Source: mediaCheckAsync.
 */
export async function checkMedia(
  call: CallWechat,
  { openid, url, kind, scene = 2 }: MediaCheck,
): Promise<{ traceId: string }> {
  const body = { media_url: url, media_type: kind === 'audio' ? 1 : 2, version: 2, scene, openid }
  const reply = await call('/wxa/media_check_async', { body, reply: Reply, repeatable: false })
  return { traceId: reply.trace_id }
}
