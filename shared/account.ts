import * as z from 'zod'
import type { ApiTable } from './endpoint.ts'
import { Id, MomentText } from './id.ts'

/** What a person may do beside learning: write content, publish what others wrote, run the county's installation. */
export const Role = z.enum(['editor', 'reviewer', 'admin'])

/** A platform that tells who somebody is: by the code of `wx.login()`, or of `wx.qy.login()` inside WeCom. */
export const SignInWay = z.enum(['wechat', 'wecom'])
export type SignInWay = z.infer<typeof SignInWay>

const code = z.string().min(1).max(128)

/** One device a cadre is signed in on. */
export const Device = z.object({
  id: Id,
  device: z.string(),
  current: z.boolean(),
  signedInAt: MomentText,
  expiresAt: MomentText,
})

/** The cadre's own account, as only the cadre sees it. */
const Me = z.object({
  id: Id,
  name: z.string(),
  joinedOn: z.iso.date(),
  roles: z.array(Role),
  /** Masked, 138****1234; null where the cadre gave none. */
  phone: z.string().nullable(),
  /** How the cadre can sign in. */
  ways: z.array(z.enum([...SignInWay.options, 'demo'])),
})

export const accountApi = {
  /** What the page may know before anybody signs in. */
  'GET /site': {
    reply: z.object({
      name: z.string(),
      demo: z.boolean(),
      /** The platforms that people sign in by. */
      ways: z.array(SignInWay),
      version: z.string(),
      /** The language model that writes answers, with its filing number (备案号); null without one. */
      model: z.object({ name: z.string(), filing: z.string() }).nullable(),
      /** Whether a cadre may give a phone number here. */
      phone: z.boolean(),
    }),
    open: true,
  },
  'POST /sign-in': {
    body: z.strictObject({
      code,
      device: z.string().max(60).optional(),
      /** Left out, it is the only way there is, or WeChat. */
      way: SignInWay.optional(),
    }),
    reply: z.object({
      token: z.string(),
      expiresAt: MomentText,
      cadre: z.object({ id: Id, name: z.string() }),
    }),
    open: true,
  },
  'POST /sign-out': {},
  'GET /me': { reply: Me },
  /** What one wants to be called: 2 to 20 characters in one line. */
  'PUT /me': { body: z.strictObject({ name: z.string().max(200) }), reply: Me },
  /** The code is of WeChat's phone button, not of signing in. */
  'POST /me/phone': { body: z.strictObject({ code: z.string().min(1).max(512) }), reply: Me },
  'DELETE /me/phone': { reply: Me },
  /** Adds another way for the same cadre to sign in. */
  'POST /identities': { body: z.strictObject({ way: SignInWay, code }) },
  'GET /devices': { reply: z.object({ devices: z.array(Device) }) },
  'DELETE /devices/:id': { params: z.object({ id: Id }) },
  /** 投诉建议: complaints and suggestions, always at hand. */
  'POST /suggestions': {
    body: z.strictObject({ text: z.string().trim().min(2).max(1000) }),
    reply: z.object({ id: Id, replyBy: z.iso.date() }),
  },
  'GET /suggestions': {
    reply: z.object({
      suggestions: z.array(
        z.object({
          id: Id,
          text: z.string(),
          at: MomentText,
          reply: z.string().nullable(),
          replyBy: z.iso.date(),
        }),
      ),
    }),
  },
} satisfies ApiTable
