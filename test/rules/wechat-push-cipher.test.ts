import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isSignature, sealed, signatureOf, unsealed } from '#server/http/push/cipher'
import { PushFault } from '#server/http/push/fault'
import { sealedReply } from '#server/http/push/reply'

/** Published with WeChat's description of message push. */
const official = { token: 'AAAAA', encodingAesKey: 'A'.repeat(43), appid: 'wxba5fad812f8e6fb9' }
/** The published key is all zeros when decoded, so a wrong IV would pass; this one is not. */
const own = {
  token: 'tok_cadre',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appid: 'wx0123456789abcdef',
}

test('the signature of the check of the address', () => {
  expect(signatureOf(official.token, '1714036504', '1514711492')).toBe(
    'f464b24fc39322e44b38aa78f5edd27bd1441696',
  )
})

test('the signature of a plain push', () => {
  expect(signatureOf(official.token, '1714037059', '486452656')).toBe(
    '899cf89e464efb63f54ddac96b0a0a235f53aa78',
  )
})

test('an encrypted push: its signature and its text', () => {
  const encrypted =
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04='
  expect(signatureOf(official.token, '1714112445', '415670741', encrypted)).toBe(
    '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
  )
  const text = unsealed(encrypted, official)
  expect(Buffer.byteLength(text)).toBe(167)
  expect(JSON.parse(text)).toMatchObject({ Event: 'debug_demo' })
  expect(sealed(text, official, Buffer.from('a8eedb185eb2fecf'))).toBe(encrypted)
})

test('an encrypted reply', () => {
  const reply = sealedReply('{"demo_resp":"good luck"}', {
    secret: official,
    format: 'json',
    nonce: '415670741',
    timestamp: 1713424427,
    random: Buffer.from('707722b803182950'),
  })
  expect(JSON.parse(reply)).toEqual({
    Encrypt: 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
    MsgSignature: '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
    TimeStamp: 1713424427,
    Nonce: '415670741',
  })
})

test('a push under a key whose beginning is the IV, and whose last character has bits to spare', () => {
  const text =
    '{"ToUserName":"gh_x","FromUserName":"oABC","CreateTime":1760000000,"MsgType":"event","Event":"subscribe_msg_popup_event","List":{"TemplateId":"T1","SubscribeStatusString":"accept","PopupScene":"0"}}'
  const encrypted =
    'Q3stYC6hdFzMh9T8HCvyDD1au/qrxuRNVg6bgz0rQ55Jddx7NouvgHPdv5EwfjDoZqZPj589jdF4YrzIWcRCPdNmI8Zxkx5V1M72xV2NJ7QqHGPivtIwSperPDmr40yYOY3KoYKkx1tHUfuV5lizVaV2bmuVqdYYJJGACcZP/kPTH+Q0C/agaLSkbu02bIH3TN0P+e65FAoVgfY0GBXgHOWjnfqXw4VohQgQWazXXFael/S1WFaW8hkBxFcMzkwxWcW5uzRAm6ZSEVbewQtSJ5C79IeYWWHlJ0V6EHARAWe+ytIbkwmev5ioyeF3XArQkYs+I6xMzIIr/bLg9Mc7qg=='
  expect(sealed(text, own, Buffer.from('0123456789abcdef'))).toBe(encrypted)
  expect(unsealed(encrypted, own)).toBe(text)
  const [at, nonce] = ['1760000001', '998877']
  expect(signatureOf(own.token, at, nonce, encrypted)).toBe('905282a62108251e2b37f7a3d2b57203e0a02018')
  expect(signatureOf(own.token, at, nonce)).toBe('dc72a6b0f7137feb9cb756fa24351f8bb38cc5a2')
})

test('whatever is sealed can be unsealed, with paddings of every length', () => {
  const random = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), random, (text, bytes) => {
      const wellFormed = Buffer.from(text).toString()
      expect(unsealed(sealed(wellFormed, own, Buffer.from(bytes)), own)).toBe(wellFormed)
    }),
  )
})

describe('what is damaged is refused', () => {
  const encrypted = sealed('{"MsgType":"event"}', own, Buffer.alloc(16, 7))
  const fault = (text: string, secret = own): unknown => {
    try {
      return unsealed(text, secret)
    } catch (error) {
      return error
    }
  }

  test.each([
    ['nothing', ''],
    ['no base64', '!!!!'],
    ['half a block', Buffer.from(encrypted, 'base64').subarray(0, 40).toString('base64')],
    ['a lost last block', Buffer.from(encrypted, 'base64').subarray(0, -16).toString('base64')],
    ['a lost first block', Buffer.from(encrypted, 'base64').subarray(16).toString('base64')],
    ['one block', Buffer.from(encrypted, 'base64').subarray(0, 16).toString('base64')],
  ])('%s: 400', (_, text) => {
    expect(fault(text)).toMatchObject({ status: 400 })
  })

  test('another app: 403', () => {
    expect(fault(encrypted, { ...own, appid: 'wx9999999999999999' })).toMatchObject({ status: 403 })
  })

  test('anything at all, in no other way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expect(fault(Buffer.from(bytes).toString('base64'))).toBeInstanceOf(PushFault)
      }),
    )
  })
})

test('signatures are the same or they are not', () => {
  expect(isSignature('abc', 'abc')).toBe(true)
  expect(isSignature('', 'abc')).toBe(false)
  expect(isSignature('abd', 'abc')).toBe(false)
})
